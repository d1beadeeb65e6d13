export interface WireCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly text: string;
}

export interface Reply {
  readonly status: number;
  /** Text goes out as it is. */
  readonly body: object | string;
}

/** One of the services around a bot: it answers what begins with its prefix. */
export interface Wire {
  readonly prefix: string;
  answer(call: WireCall): Reply | undefined | Promise<Reply | undefined>;
}
