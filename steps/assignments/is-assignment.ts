/** Whether a goal, by its id, is an assignment. Apart from the rest of them: it is asked where nothing else of a step is needed. */
export const isAssignment = (goal: string): boolean => goal === 'assignment' || goal.includes('@');
