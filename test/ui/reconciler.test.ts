import * as react from 'react';
// React's own, and not what stands in its place.
// @ts-expect-error: it has no types of its own
import createReconciler from 'react-reconciler';
import { afterEach, expect, test } from 'vitest';
import { type Box, createNode, insert, type Node, remove } from '../../src/ui/reconciler/nodes.ts';
import ours from '../../src/ui/reconciler/reconciler.ts';

/** A screen that components are put on: what stands there, and in which order things were done. */
interface Stage {
  readonly box: Box;
  render(element: react.ReactNode): void;
}
const stages = { ours: ourStage, reacts: reactsStage };

function ourStage(): Stage {
  const box = createNode('ink-root');
  const root = ours.createContainer(box);
  return {
    box,
    render: (element) => {
      ours.updateContainerSync(element, root);
      ours.flushSyncWork();
    },
  };
}
/** React's own reconciler, with the nodes of ours. */
function reactsStage(): Stage {
  const box = createNode('ink-root');
  let priority = 0;
  const nothing = (): null => null;
  const make = (name: Box['nodeName'], { style }: { style?: object }): Box =>
    Object.assign(createNode(name), { style: style ?? {} });
  const put = (parent: Box, node: Node): void => insert(parent, node);
  const away = (_: Box, node: Node): void => remove(node);
  const reconciler = createReconciler({
    ...{ supportsMutation: true, isPrimaryRenderer: true, supportsMicrotasks: true, noTimeout: -1 },
    ...{ scheduleMicrotask: queueMicrotask, scheduleTimeout: setTimeout, cancelTimeout: clearTimeout },
    getRootHostContext: () => ({}),
    getChildHostContext: (context: object) => context,
    ...{ prepareForCommit: nothing, preparePortalMount: nothing, detachDeletedInstance: nothing },
    ...{ clearContainer: nothing, resetAfterCommit: nothing, shouldSetTextContent: () => false },
    createInstance: make,
    createTextInstance: (text: string): Node => ({
      nodeName: '#text',
      nodeValue: text,
      parentNode: undefined,
    }),
    getPublicInstance: (node: Node) => node,
    ...{ appendInitialChild: put, appendChild: put, appendChildToContainer: put },
    insertBefore: insert,
    insertInContainerBefore: insert,
    ...{ removeChild: away, removeChildFromContainer: away },
    finalizeInitialChildren: () => false,
    commitUpdate: (node: Box, _: string, __: object, { style }: { style?: object }) => {
      node.style = (style ?? {}) as Box['style'];
    },
    commitTextUpdate: (node: Extract<Node, { nodeName: '#text' }>, _: string, text: string) => {
      node.nodeValue = text;
    },
    setCurrentUpdatePriority: (to: number) => {
      priority = to;
    },
    getCurrentUpdatePriority: () => priority,
    resolveUpdatePriority: () => priority || 32,
    ...{ maySuspendCommit: () => false, resolveEventType: nothing, resolveEventTimeStamp: () => -1 },
    ...{ trackSchedulerEvent: nothing, shouldAttemptEagerTransition: () => false },
    HostTransitionContext: react.createContext(null),
  } as never) as unknown as {
    createContainer(...given: unknown[]): unknown;
    updateContainerSync(element: react.ReactNode, root: unknown, parent: null, done: null): void;
    flushSyncWork(): void;
  };
  const ignore = (): void => undefined;
  const root = reconciler.createContainer(
    box,
    1,
    null,
    false,
    null,
    '',
    ignore,
    ignore,
    ignore,
    ignore,
    null,
  );
  return {
    box,
    render: (element) => {
      reconciler.updateContainerSync(element, root, null, null);
      reconciler.flushSyncWork();
    },
  };
}

const shown = (node: Node): unknown =>
  node.nodeName === '#text'
    ? node.nodeValue
    : [
        node.nodeName,
        ...Object.entries(node.style).map(([name, value]) => `${name}=${value}`),
        node.childNodes.map(shown),
      ];
const { createElement: e } = react;
const text = (...children: react.ReactNode[]) => e('ink-text', null, ...children);
const box = (style: object | null, ...children: react.ReactNode[]) => e('ink-box', { style }, ...children);

type Log = string[];
type Scene = (stage: Stage, log: Log) => Promise<void> | void;
/** React's own does some of it later, in pieces. */
const settled = async (): Promise<void> => {
  for (let n = 0; n < 20; n++) await new Promise(setImmediate);
};

/** React's own draws what threw a second time before it gives up. */
const quiet = 'quiet';
/** Tells its effects as they begin and end. */
function Telling({
  name,
  of = 0,
  log,
  children,
}: {
  name: string;
  of?: unknown;
  log: Log;
  children?: react.ReactNode;
}) {
  const say = (what: string): void => void log.push(`${name} ${what} ${String(of)}`);
  if (of !== quiet) say('drawn');
  const telling = (begins: string, ends: string) => () => {
    say(begins);
    return () => say(ends);
  };
  const { useInsertionEffect: inserts, useLayoutEffect: laysOut, useEffect: begins } = react;
  inserts(telling('inserted', 'taken out'), [of]);
  laysOut(telling('laid out', 'layout left'), [of]);
  begins(telling('began', 'ended'), [of]);
  return box(null, text(`${name}${String(of)}`), children);
}
class Catching extends react.Component<{ readonly log: Log; readonly children?: react.ReactNode }> {
  override state = { error: '' };
  static getDerivedStateFromError = (error: Error) => ({ error: error.message });
  override componentDidCatch(error: Error): void {
    this.props.log.push(`caught ${error.message}`);
  }
  override componentDidMount(): void {
    this.props.log.push('mounted');
  }
  override componentDidUpdate(): void {
    this.props.log.push('updated');
  }
  override componentWillUnmount(): void {
    this.props.log.push('unmounting');
  }
  override render(): react.ReactNode {
    return this.state.error ? text(`in place of it: ${this.state.error}`) : this.props.children;
  }
}
const Throwing = ({ when, log }: { when: boolean; log: Log }) => {
  react.useEffect(() => {
    log.push('thrower began');
    return () => void log.push('thrower ended');
  }, [log]);
  if (when) throw new Error('thrown');
  return text('fine');
};
const ThrowingLater = () => {
  react.useEffect(() => {
    throw new Error('thrown by an effect');
  }, []);
  return text('for a moment');
};

const scenes: Readonly<Record<string, Scene>> = {
  'lists with keys, moved, added and taken out': ({ render }, log) => {
    const items = (names: string) =>
      box(
        null,
        [...names].map((name) => e(Telling, { key: name, name, log })),
      );
    for (const names of ['abc', 'cab', 'adbec', 'e', '', 'xyz', 'zyx', 'xaz', 'abcdefg', 'gfcxba'])
      render(items(names));
  },
  'children that come and go at their places': ({ render }, log) => {
    const of = (n: number) =>
      box(
        { height: n },
        n % 2 === 0 && text('even'),
        n % 3 === 0 ? e(Telling, { name: 'three', of: n, log }) : text('else ', n),
        [n > 2 ? text('list') : null, e(react.Fragment, { key: 'f' }, text('in'), n > 3 && text('more'))],
        null,
        text(n > 4 ? [`${n}`, 'b'] : `${n}`),
      );
    for (const n of [0, 1, 2, 3, 4, 5, 6, 0]) render(of(n));
  },
  'effects begin, end and begin again, those within first': ({ render }, log) => {
    const of = (outer: number, inner: number) =>
      e(Telling, { name: 'outer', of: outer, log, children: e(Telling, { name: 'inner', of: inner, log }) });
    for (const [outer, inner] of [
      [0, 0],
      [0, 1],
      [1, 1],
      [2, 2],
    ] as const)
      render(of(outer, inner));
    render(null);
  },
  'states, reducers, refs, memories and events': async ({ render }, log) => {
    let act: () => void = () => undefined;
    const Counting = ({ by }: { readonly by: number }) => {
      const [count, add] = react.useReducer(
        (sum: number, n: number) => sum + n * by,
        10,
        (from) => from * 2,
      );
      const [name, setName] = react.useState(() => 'first');
      const drawings = react.useRef(0);
      drawings.current++;
      const doubled = react.useMemo(() => count * 2, [count]);
      const told = react.useCallback(() => doubled, [doubled]);
      const event = react.useEffectEvent(() => void log.push(`event ${name} ${count}`));
      const { useEffect: begins } = react;
      begins(() => event(), [count]);
      act = () => {
        add(1);
        add(2);
        setName((before) => `${before}!`);
        setName('same');
        setName('same');
      };
      log.push(`drawn ${drawings.current > 0}`);
      return text(`${name} ${count} ${told()}`);
    };
    render(e(Counting, { by: 1 }));
    act();
    await settled();
    log.push('acted');
    render(e(Counting, { by: 3 }));
    act();
    await settled();
    render(null);
    act(); // nobody is there
    await settled();
  },
  'a state that stays what it is is not drawn': async ({ render }, log) => {
    let set: (n: number) => void = () => undefined;
    const One = () => {
      const [n, setN] = react.useState(1);
      set = setN;
      react.useEffect(() => setN(1));
      // React's own may draw once more what stays.
      if (log.at(-1) !== `drawn ${n}`) log.push(`drawn ${n}`);
      return text(n);
    };
    render(e(One));
    set(1);
    await settled();
    set(2);
    await settled();
  },
  'a store outside is followed, and left': async ({ render }, log) => {
    const listeners = new Set<() => void>();
    let value = 'a';
    const change = (to: string): void => {
      value = to;
      for (const one of listeners) one();
    };
    const subscribe = (one: () => void) => {
      listeners.add(one);
      log.push(`subscribed ${listeners.size}`);
      return () => {
        listeners.delete(one);
        log.push(`left ${listeners.size}`);
      };
    };
    const Reading = () => text(react.useSyncExternalStore(subscribe, () => value));
    const Changing = () => {
      react.useLayoutEffect(() => change('b'), []); // before the other one has subscribed
      return null;
    };
    render(box(null, e(Reading), e(Changing)));
    await settled();
    change('c');
    change('d');
    await settled();
    render(null);
    change('e');
  },
  'contexts reach through what is remembered': ({ render }, log) => {
    const Context = react.createContext('none');
    const Reading = react.memo(({ name }: { readonly name: string }) => {
      log.push(`drawn ${name}`);
      return text(`${name} ${react.use(Context)} ${react.useContext(Context)}`);
    });
    const Between = react.memo(() => box(null, e(Reading, { name: 'deep' })));
    const of = (value: string) =>
      box(
        null,
        e(Reading, { name: 'out' }),
        e(Context, { value }, e(Between), e(Context, { value: 'other' }, e(Reading, { name: 'shadowed' }))),
      );
    for (const value of ['a', 'a', 'b']) render(of(value));
  },
  'what is remembered is drawn when its props change': ({ render }, log) => {
    const Row = react.memo(({ n }: { readonly n: number }) => {
      log.push(`row ${n}`);
      return text(n);
    });
    const Even = react.memo(
      ({ n }: { readonly n: number }) => {
        log.push(`even ${n}`);
        return text(n);
      },
      (a, b) => a.n % 2 === b.n % 2,
    );
    for (const n of [1, 1, 3, 4, 4]) render(box(null, e(Row, { n }), e(Even, { n })));
  },
  'refs point to their boxes, and to nothing afterwards': ({ render }, log) => {
    const ref = react.createRef<unknown>();
    const Forwarding = react.forwardRef<unknown, object>((_, given) => e('ink-box', { ref: given }));
    render(
      box(null, e('ink-box', { ref }), e(Forwarding, { ref: (one) => void log.push(`ref ${one !== null}`) })),
    );
    log.push(`is there ${ref.current !== null}`);
    render(null);
    log.push(`is there ${ref.current !== null}`);
  },
  'an error is taken by the nearest that takes errors': ({ render }, log) => {
    const of = (when: boolean) =>
      e(
        Catching,
        { log },
        box(
          null,
          e(Telling, { name: 'beside', of: quiet, log }),
          e(Catching, { log }, e(Throwing, { when, log })),
        ),
      );
    for (const when of [false, true, true]) render(of(when));
    render(null);
  },
  'an error of the first drawing is taken, too': ({ render }, log) => {
    render(
      e(Catching, { log }, e(Telling, { name: 'beside', of: quiet, log }), e(Throwing, { when: true, log })),
    );
  },
  'an error of an effect is taken': async ({ render }, log) => {
    render(e(Catching, { log }, e(ThrowingLater)));
    await settled();
  },
  'a state is set while effects run': async ({ render }, log) => {
    const Two = () => {
      const [n, set] = react.useState(0);
      react.useLayoutEffect(() => {
        if (n < 3) set(n + 1);
      }, [n]);
      react.useEffect(() => {
        if (n < 6) set(n + 1);
      }, [n]);
      return text(n);
    };
    render(e(Two));
    await settled();
    log.push('settled');
  },
};

afterEach(() => ours.flushSyncWork());
test.each(Object.entries(scenes))('%s: as with React’s own reconciler', async (_, scene) => {
  const [own, reacts] = await Promise.all(
    (['ours', 'reacts'] as const).map(async (which) => {
      const stage = stages[which]();
      const log: string[] = [];
      const told: unknown[] = [];
      const render = (element: react.ReactNode): void => {
        told.push([shown(stage.box), log.splice(0)]); // as it stood until now
        stage.render(element);
      };
      await scene({ box: stage.box, render }, log);
      return [...told, [shown(stage.box), log]];
    }),
  );
  expect(own).toEqual(reacts);
});

test('what would be drawn for ever is given up', () => {
  const Endless = () => {
    const [n, set] = react.useState(0);
    react.useLayoutEffect(() => set(n + 1), [n]);
    return text(n);
  };
  expect(() => ourStage().render(e(Endless))).toThrow('again and again');
});
test('an error that nobody takes is thrown, and what stands in the wrong place is refused', () => {
  expect(() => ourStage().render(e(Throwing, { when: true, log: [] }))).toThrow('thrown');
  expect(() => ourStage().render('a text')).toThrow('a text');
  expect(() => ourStage().render(text(box(null)))).toThrow('cannot stand in a text');
  expect(() => ourStage().render(e('div'))).toThrow('cannot stand here');
});
