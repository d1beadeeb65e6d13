const USUAL_PORT = 5180;
const TRIES = 20;

/** On the port that was asked for; else on the usual one, or on the next that nobody else has. */
export async function listenNear<Server>(
  wanted: number | undefined,
  listen: (port: number) => Promise<Server>,
): Promise<Server> {
  if (wanted !== undefined) return listen(wanted);
  for (let port = USUAL_PORT; port < USUAL_PORT + TRIES; port += 1) {
    try {
      return await listen(port);
    } catch (fault) {
      if (!isTaken(fault)) throw fault;
    }
  }
  return listen(0);
}

export function isTaken(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && (fault.code === 'EADDRINUSE' || fault.code === 'EACCES');
}
