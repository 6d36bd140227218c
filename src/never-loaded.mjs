// In the place of what packages bring for others, and would load only for them (`src/replaced.mjs`).
export {};
