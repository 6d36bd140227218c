import plan from '../../docs/schemas/plan-1.schema.json' with { type: 'json' };
import reconcile from '../../docs/schemas/reconcile-1.schema.json' with { type: 'json' };
import verdict from '../../docs/schemas/verdict-1.schema.json' with { type: 'json' };
import verify from '../../docs/schemas/verify-1.schema.json' with { type: 'json' };

/** The documented forms of what commands print as JSON, as JSON Schema: these files are what the program prints, too. */
export const schemas = { plan, verify, reconcile, verdict };
