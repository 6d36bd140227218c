import { render } from 'ink';
import { Component, type ReactNode } from 'react';
import { App, type AppProps } from './app.tsx';

/** The screen while it is up. */
export interface Screen {
  /** Rejects with an error of the drawing itself; settles in no other way. */
  readonly crashed: Promise<never>;
  /** Takes the screen down and gives the terminal back. */
  close(): Promise<void>;
}

/** Puts the screen up, in the terminal's alternate buffer. */
export function renderApp(props: AppProps): Screen {
  let crash: (error: unknown) => void = () => undefined;
  const crashed = new Promise<never>((_, reject) => {
    crash = reject;
  });
  crashed.catch(() => undefined);
  const leave = (): void => {
    if (props.session.view().ask) props.session.reply({ do: 'leave' });
    else props.onLeave();
  };
  const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
  for (const signal of signals) process.on(signal, leave);
  const screen = render(
    <Boundary crash={crash}>
      <App {...props} />
    </Boundary>,
    {
      alternateScreen: true,
      exitOnCtrlC: false,
      incrementalRendering: false,
      maxFps: 60,
      patchConsole: true,
    },
  );
  return {
    crashed,
    close: async () => {
      for (const signal of signals) process.off(signal, leave);
      screen.unmount();
      await screen.waitUntilExit().catch(() => undefined);
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
