const most = 20;

/**
 * Node prints its warnings on the terminal, over whatever is drawn there. They are kept until the screen is gone. What is
 * returned gives Node its way back, and prints what came meanwhile.
 */
export function keepWarnings(): () => void {
  const usual = process.listeners('warning');
  const kept: Error[] = [];
  const keep = (warning: Error): void => void (kept.length < most && kept.push(warning));
  for (const listener of usual) process.off('warning', listener);
  process.on('warning', keep);
  let keeping = true;
  return () => {
    if (!keeping) return;
    keeping = false;
    process.off('warning', keep);
    for (const listener of usual) process.on('warning', listener);
    for (const warning of kept) for (const listener of usual) listener(warning);
  };
}
