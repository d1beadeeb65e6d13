import { reach } from '../../net/reach.ts';
import type { Unreached } from '../../net/reach.ts';
import { DAY, SECOND } from '../../scan/time.ts';
import { bad, good } from '../finding.ts';
import type { Check, Looked } from '../finding.ts';

const SOON = 7 * DAY;

/** Name, way and certificate of one host that the bot calls. */
export function hostCheck(what: string, address: string, shakeHands = reach): Check {
  return { name: `host ${what}`, look: () => lookAt(address, shakeHands) };
}

async function lookAt(address: string, shakeHands: typeof reach): Promise<Looked> {
  const { host } = new URL(address);
  const found = await shakeHands(address, 5 * SECOND);
  if (!found.ok) return bad(`${host}: ${SAID[found.why]} (${found.code}).`, REMEDIES[found.why]);
  const ends = found.certificateEnds;
  if (ends !== undefined && ends.getTime() - Date.now() < SOON) {
    return bad(
      `${host}: its certificate ends on ${ends.toISOString().slice(0, 10)}.`,
      'Ask whoever runs that host, or the proxy before it.',
    );
  }
  return good(`${host} answers in ${found.ms} ms.`);
}

const SAID: Readonly<Record<Unreached, string>> = {
  name: 'its name is not known here',
  refused: 'no connection',
  timeout: 'no answer in 5 s',
  certificate: 'its certificate is not trusted',
};

const REMEDIES: Readonly<Record<Unreached, string>> = {
  name: 'Check the name in the configuration, and the DNS of this machine.',
  refused: 'Allow this machine to connect to it (firewall, network rules, proxy).',
  timeout: 'Allow this machine to connect to it (firewall, network rules, proxy).',
  certificate: 'A proxy opens TLS, or the host has an authority of your own: set NODE_EXTRA_CA_CERTS to its PEM file.',
};
