/** What one check found. `open` is neither good nor bad: it could not be looked at yet, or people have to judge it. */
export interface Finding {
  readonly check: string;
  readonly is: 'good' | 'bad' | 'open';
  /** One sentence. Never a token, a secret or a person's name. */
  readonly says: string;
  /** Exactly what to do; set whenever it is not good. */
  readonly remedy?: string;
}

/** A check by its name, and what it says. */
export interface Check {
  readonly name: string;
  look(): Promise<Looked>;
}

export type Looked = Omit<Finding, 'check'>;

export function good(says: string): Looked {
  return { is: 'good', says };
}

export function bad(says: string, remedy: string): Looked {
  return { is: 'bad', says, remedy };
}

export function open(says: string, remedy: string): Looked {
  return { is: 'open', says, remedy };
}
