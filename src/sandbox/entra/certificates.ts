import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { DAY, HOUR } from '../../scan/time.ts';
import { bits, field, integer, octets, oid, sequence, setOf, text, time, yes } from './der.ts';
import type { Der } from './der.ts';

const OID = {
  commonName: '2.5.4.3',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  rsaSha256: '1.2.840.113549.1.1.11',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
};

export interface KeyAndCertificate {
  readonly keyPem: string;
  readonly certificatePem: string;
}

export interface Chain extends KeyAndCertificate {
  readonly caPem: string;
}

interface Subject {
  readonly name: string;
  readonly key: KeyObject;
  readonly extensions: readonly Der[];
}
interface Issuer {
  readonly name: string;
  readonly key: KeyObject;
}

/** A throw-away authority and a certificate of it for this machine. */
export function localhostChain(): Chain {
  const ca = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = { name: 'Scan Bot sandbox authority', key: ca.privateKey };
  return {
    caPem: certificate({ name: issuer.name, key: ca.publicKey, extensions: authority() }, issuer),
    certificatePem: certificate({ name: 'localhost', key: leaf.publicKey, extensions: localhost() }, issuer),
    keyPem: pkcs8(leaf.privateKey),
  };
}

/** What an operator registers for the app: RSA, signed by itself. */
export function appCertificate(): KeyAndCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const name = 'Scan Bot';
  const certificatePem = certificate({ name, key: publicKey, extensions: [] }, { name, key: privateKey });
  return { certificatePem, keyPem: pkcs8(privateKey) };
}

function certificate(subject: Subject, issuer: Issuer): string {
  const isRsa = issuer.key.asymmetricKeyType === 'rsa';
  const algorithm = isRsa ? sequence(oid(OID.rsaSha256), Buffer.from([5, 0])) : sequence(oid(OID.ecdsaSha256));
  const body = toBeSigned(subject, issuer, algorithm);
  const der = sequence(body, algorithm, bits(sign('sha256', body, issuer.key)));
  const lines = der.toString('base64').replace(/.{1,64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`;
}

function toBeSigned(subject: Subject, issuer: Issuer, algorithm: Der): Der {
  const now = Date.now();
  const extensions = subject.extensions.length === 0 ? [] : [field(3, sequence(...subject.extensions), true)];
  return sequence(
    field(0, integer(Buffer.from([2])), true),
    integer(Buffer.from([1, ...randomBytes(15)])),
    algorithm,
    distinguished(issuer.name),
    sequence(time(new Date(now - HOUR)), time(new Date(now + 365 * DAY))),
    distinguished(subject.name),
    subject.key.export({ type: 'spki', format: 'der' }),
    ...extensions,
  );
}

function distinguished(name: string): Der {
  return sequence(setOf(sequence(oid(OID.commonName), text(name))));
}

/** May sign certificates, and nothing else. */
function authority(): readonly Der[] {
  return [
    sequence(oid(OID.basicConstraints), yes(), octets(sequence(yes()))),
    sequence(oid(OID.keyUsage), yes(), octets(bits(Buffer.from([0b0000_0100]), 2))),
  ];
}

function localhost(): readonly Der[] {
  const dns = field(2, Buffer.from('localhost'), false);
  const ip = field(7, Buffer.from([127, 0, 0, 1]), false);
  return [
    sequence(oid(OID.subjectAltName), octets(sequence(dns, ip))),
    sequence(oid(OID.extendedKeyUsage), octets(sequence(oid(OID.serverAuth)))),
  ];
}

function pkcs8(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
