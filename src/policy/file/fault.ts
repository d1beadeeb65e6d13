/** One thing that is wrong in a policy file. */
export interface PolicyFault {
  /** Where: `$.rules[0].when.tag`. */
  readonly path: string;
  /** A phrase that follows the path. */
  readonly fault: string;
  readonly remedy?: string;
}

export type Step = string | number;

const LONGEST_KEY = 60;

export function pathText(steps: readonly Step[]): string {
  return `$${steps.map(stepText).join('')}`;
}

/** The value at a path in what JSON.parse gave. */
export function valueAt(value: unknown, steps: readonly Step[]): unknown {
  return steps.reduce<unknown>((inner, step) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined;
    return (inner as Readonly<Record<Step, unknown>>)[step];
  }, value);
}

function stepText(step: Step): string {
  if (typeof step === 'number') return `[${step}]`;
  if (/^[A-Za-z_$][\w$]{0,59}$/.test(step)) return `.${step}`;
  return `[${printable(JSON.stringify(step.slice(0, LONGEST_KEY)))}]`;
}

/** Keys are shown in a terminal, so that nothing in them may steer it. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
