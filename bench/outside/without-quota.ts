import { rewrite } from '../../torture/guards/rewrite.ts';

/*
 * Loaded into a bot before its own modules (`node --import`): Defender's quota of 100 calls a minute counts on, and
 * ends far away. Else it would be all that is measured of a scan command.
 */
const SHARE = 'const SHARE = 0.95;';
rewrite({ file: 'src/defender/call-budget.ts', changes: [[SHARE, 'const SHARE = 1e6;']] });
