import { faults } from './mutants.ts';

export const engine = [
  ...faults(
    'src/engine/forgetting.ts',
    ['test/engine/kept-answers.test.ts'],
    [
      [
        'a person’s reply leaves older answers standing',
        '(unattended && answeredAtOnce.includes(is)) ||',
        'answeredAtOnce.includes(is) ||',
      ],
      [
        'a confirmation from a file leaves older answers standing',
        "'question', 'done', 'finished'];",
        "'question', 'done', 'finished', 'confirm'];",
      ],
      ['a pause leaves older answers standing', 'sleep: (ms: number) => after(ports.sleep(ms)),', ''],
      ['a new look asks for no caller', "if (reply.do === 'again') kept.forgetCallers();", ''],
    ],
  ),
  ...faults(
    'src/engine/engine.ts',
    ['test/engine/kept-answers.test.ts'],
    [
      [
        'a call leaves older answers standing',
        'way: counting(writing(engine.ports.connect(actor, live.source, region), engine.kept), engine.spent),',
        'way: counting(engine.ports.connect(actor, live.source, region), engine.spent),',
      ],
      ['the caller before a call is the one of long ago', 'if (anew) engine.kept', 'if (!anew) engine.kept'],
    ],
  ),
  ...faults(
    'src/engine/reading/kept-answers.ts',
    ['test/engine/kept-answers.test.ts'],
    [
      ['other credentials are told what these were', ' || one.by === aws.inUse?.() ?', ' || true ?'],
      ['an answer is kept for good', '|| now() - one.at >= lasts', ''],
      [
        'exchanged credentials count as those before',
        'before === undefined || before === by ? by',
        'true ? by',
      ],
    ],
  ),
  ...faults(
    'src/engine/shown.ts',
    ['test/engine/believing.test.ts'],
    [
      [
        'a question that an old copy raised is asked',
        "if (standing(plan) !== 'question') return false;",
        "if (standing(plan) === 'question') return false;",
      ],
    ],
  ),
  ...faults(
    'src/model/progress/sent-before.ts',
    ['test/engine/provisioning.test.ts'],
    [
      [
        'what only names the set counts as a change of it',
        "if (takesHold === 'at-once' || takesHold.with !== call.operation) return false;",
        "if (takesHold === 'at-once') return true;",
      ],
    ],
  ),
  ...faults(
    'src/engine/settle.ts',
    ['test/engine/requests.test.ts'],
    [
      ['an older request is taken for ours', ' || made < at - 5_000', ''],
      ['two clocks are taken for one', 'made < at - 5_000', 'made < at'],
      ['one request is taken for two attempts', ' || taken.has(RequestId)', ''],
      [
        'every refusal is taken for a denial',
        "is: error.code === 'AccessDeniedException' ? 'refused' : 'silent',",
        "is: 'refused',",
      ],
    ],
  ),
  ...faults(
    'src/engine/settle.ts',
    ['test/engine/recovery.test.ts'],
    [
      [
        'somebody else’s request is taken for ours',
        'if (status && agree(call.input, status)) return',
        'if (status) return',
      ],
    ],
  ),
  ...faults(
    'src/engine/settle.ts',
    ['test/engine/batch.test.ts'],
    [
      [
        'why a request failed is not told',
        "status.FailureReason ?? 'AWS gave no reason'",
        "'AWS gave no reason'",
      ],
    ],
  ),
  ...faults(
    'src/engine/send-all.ts',
    ['test/engine/requests.test.ts'],
    [
      ['one too many is under way', 'paced.length < pace.most', 'paced.length <= pace.most'],
      ['one too few is under way', 'paced.length < pace.most', 'paced.length + 1 < pace.most'],
    ],
  ),
  ...faults(
    'src/engine/send-all.ts',
    ['test/engine/several.test.ts'],
    [
      [
        'two go at once to one account',
        ' && !paced.some(({ intent }) => of(intent.call.input) === of(call.input))',
        '',
      ],
    ],
  ),
  ...faults(
    'src/engine/send.ts',
    ['test/engine/intent-first.test.ts'],
    [
      [
        'the call does not wait for its intent',
        "await ports.record({\n    type: 'intended',",
        "void ports.record({\n    type: 'intended',",
      ],
    ],
  ),
  ...faults(
    'src/engine/send.ts',
    ['test/engine/identify.test.ts', 'test/engine/operator.test.ts'],
    [
      [
        'whoever acts now may send',
        'if (account !== accepted?.account || arn !== accepted.arn)',
        'if (accepted === undefined)',
      ],
    ],
  ),
  ...faults(
    'src/engine/noting.ts',
    ['test/engine/binding.test.ts'],
    [
      [
        'only the Region binds',
        '([what, value]) => is[what] !== undefined && is[what] !== value',
        "([what, value]) => what === 'region' && is[what] !== undefined && is[what] !== value",
      ],
      [
        'another instance will do',
        '([what, value]) => is[what] !== undefined && is[what] !== value',
        "([what, value]) => what !== 'instance' && is[what] !== undefined && is[what] !== value",
      ],
      ['another delegated administrator will do', '({ ...rest, ...accounts })', '({ ...rest })'],
      [
        'it is vouched for on any answers',
        "return look?.basis === basis && plan !== undefined && standing(plan) === 'done';",
        "return look !== undefined && plan !== undefined && standing(plan) === 'done';",
      ],
    ],
  ),
  ...faults(
    'src/engine/shown.ts',
    ['test/engine/lasting-block.test.ts'],
    [
      [
        'it waits for what lasts',
        "plan.goals.every((goal) => goal.is !== 'wrong' || goal.soon)",
        "plan.goals.some((goal) => goal.is === 'wrong' && goal.soon)",
      ],
      [
        'it does not wait for what passes',
        "plan.goals.every((goal) => goal.is !== 'wrong' || goal.soon)",
        "plan.goals.every((goal) => goal.is !== 'wrong')",
      ],
    ],
  ),
  ...faults(
    'src/engine/apply.ts',
    ['test/engine/recovery.test.ts'],
    [
      [
        'what has drifted is sent',
        "if (same(nextBatch(again), next)) return 'agreed';\n  const",
        "return 'agreed';\n  const",
      ],
    ],
  ),
  ...faults(
    'src/engine/apply.ts',
    ['test/engine/operator.test.ts'],
    [['no is yes', "if (agreed.is === 'no') return 'declined';", '']],
  ),
  ...faults(
    'src/engine/consent.ts',
    ['test/engine/mixed-risks.test.ts'],
    [
      [
        'only a batch that is dangerous through and through takes a word',
        "changes.some(({ risk }) => risk === 'dangerous')",
        "changes.every(({ risk }) => risk === 'dangerous')",
      ],
      [
        'the first change tells for all',
        "changes.some(({ risk }) => risk === 'dangerous')",
        "changes[0]?.risk === 'dangerous'",
      ],
    ],
  ),
  ...faults(
    'src/engine/consent.ts',
    ['test/engine/operator.test.ts'],
    [
      [
        'any word will do',
        'reply.typed !== undefined && isOneOf(words, reply.typed)',
        'reply.typed !== undefined',
      ],
    ],
  ),
  ...faults(
    'src/engine/conclude.ts',
    ['test/engine/recovery.test.ts'],
    [
      [
        'absence is believed at once',
        'since(at, began, ports.now()) > patience.toShow',
        'since(at, began, ports.now()) > -1',
      ],
      [
        'who cannot tell is believed',
        "else if (found === 'missing' && !acknowledged)",
        'else if (!acknowledged)',
      ],
    ],
  ),
  // What test/faults/aws-more.test.ts and test/commands/hiccups.test.ts try at length.
  ...faults(
    'src/model/access/refusals.ts',
    ['test/engine/one-send.test.ts'],
    [
      ['too many requests end it', "if (throttled.some(fits)) return 'throttled';", ''],
      ['what is so already is sent again', "? 'already' : 'final';", "? 'in-progress' : 'final';"],
    ],
  ),
  ...faults(
    'src/engine/settle.ts',
    ['test/engine/recovery.test.ts', 'test/engine/batch.test.ts'],
    [
      [
        'a request is asked after once',
        'for (let n = 0; ports.now() - since < patience.toSettle; n++) {',
        'for (let n = 0; n < 1; n++) {',
      ],
    ],
  ),
  ...faults(
    'src/engine/conclude.ts',
    ['test/engine/believing.test.ts', 'test/engine/recovery.test.ts'],
    [
      [
        'what AWS took is believed to be absent',
        "found === 'missing' && !acknowledged",
        "found === 'missing'",
      ],
    ],
  ),
  ...faults(
    'src/engine/informing.ts',
    ['test/engine/informing.test.ts'],
    [
      [
        'no answer to what only informs ends it',
        'error instanceof OutcomeUnknown || (error instanceof RequestRejected && passes(error.code));',
        'error instanceof RequestRejected && passes(error.code);',
      ],
      ['what is silent is asked again at each look', 'if (last && now() < last.until) throw last.error;', ''],
    ],
  ),
];
