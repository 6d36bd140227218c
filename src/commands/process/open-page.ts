import type { Environment } from '../../model/text/environment.ts';
import { isPageOfAws, isSignInPage } from '../../ui/input/links.ts';

/** Whether there is a desktop on this machine, the operator sits at it, and wants pages opened there. */
export function hasDesktop(env: Environment, platform: NodeJS.Platform): boolean {
  if (env.CW_RUNBOOK_OPEN === '0') return false; // the operator does not want it
  if (env.SSH_CONNECTION || env.SSH_TTY || env.AWS_EXECUTION_ENV === 'CloudShell') return false;
  if (platform !== 'linux') return platform === 'darwin' || platform === 'win32';
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME);
}

/** Opens a page of AWS in the operator's browser. False where there is none, it fails, or the page is not AWS's. */
export async function openPage(url: string, env: Environment): Promise<boolean> {
  if (!(isPageOfAws(url) || isSignInPage(url)) || !hasDesktop(env, process.platform)) return false;
  try {
    const { default: open } = await import('open');
    await open(url);
    return true;
  } catch {
    return false;
  }
}
