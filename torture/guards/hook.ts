import { guardNamed, WITHOUT } from './guards.ts';
import { rewrite } from './rewrite.ts';

// Loaded into a bot before anything else (`node --import`): takes the named guard out of it.
const name = process.env[WITHOUT];
for (const rewriting of guardNamed(name ?? '')?.taken ?? []) rewrite(rewriting);
