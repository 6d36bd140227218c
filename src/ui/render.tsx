import { render } from 'ink';
import { Component, type ReactNode } from 'react';
import { App } from './app.tsx';
import type { Screen, Shown } from './screen.ts';
import { rowsOn } from './terminal/rows.ts';
import type { Terminal } from './terminal/terminal.ts';
import { keepWarnings } from './terminal/warnings.ts';

/** Puts the screen up, in the terminal's alternate buffer. */
export function renderApp(props: Shown, display: Terminal): Screen {
  const giveWarnings = keepWarnings();
  const rows = rowsOn(process.stdout);
  let crash: (error: unknown) => void = () => undefined;
  const crashed = new Promise<never>((_, reject) => {
    crash = reject;
  });
  crashed.catch(() => undefined);
  process.on('uncaughtException', crash);
  const screen = render(
    <Boundary crash={crash}>
      <App {...props} display={display} terminal={rows} />
    </Boundary>,
    {
      alternateScreen: true,
      exitOnCtrlC: false,
      incrementalRendering: false, // whole frames: `rows` writes what of them changed
      interactive: true, // the terminal was looked at: a variable CI must not leave the screen black
      maxFps: 120,
      patchConsole: true,
      stdout: rows.stream,
    },
  );
  const restore = (): void => screen.unmount();
  return {
    crashed,
    restore,
    close: async () => {
      restore();
      await screen.waitUntilExit().catch(() => undefined);
      rows.end();
      giveWarnings();
      process.off('uncaughtException', crash);
    },
  };
}

/** In the alternate screen an error would leave nothing to see: it is handed on, to be printed afterwards. */
class Boundary extends Component<{ readonly crash: (error: unknown) => void; readonly children: ReactNode }> {
  override state = { failed: false };
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override componentDidCatch(error: unknown): void {
    this.props.crash(error);
  }
  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}
