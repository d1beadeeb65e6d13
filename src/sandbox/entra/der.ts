/** The few ASN.1 forms of which a certificate is made. */
export type Der = Buffer;

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
};

export function sequence(...parts: readonly Der[]): Der {
  return encoded(TAG.sequence, Buffer.concat(parts));
}

export function setOf(part: Der): Der {
  return encoded(TAG.set, part);
}

/** Bytes of a positive number, highest first. */
export function integer(bytes: Uint8Array): Der {
  const sign = (bytes[0] ?? 0) >= 0x80 ? [0] : [];
  return encoded(TAG.integer, Buffer.from([...sign, ...bytes]));
}

export function yes(): Der {
  return encoded(TAG.boolean, Buffer.from([0xff]));
}

export function bits(bytes: Uint8Array, unused = 0): Der {
  return encoded(TAG.bits, Buffer.from([unused, ...bytes]));
}

export function octets(bytes: Uint8Array): Der {
  return encoded(TAG.octets, bytes);
}

export function text(words: string): Der {
  return encoded(TAG.utf8, Buffer.from(words));
}

export function time(at: Date): Der {
  return encoded(TAG.time, Buffer.from(`${at.toISOString().replace(/\D/g, '').slice(0, 14)}Z`));
}

/** A context-specific field: `inner` tells that it holds other fields. */
export function field(number: number, content: Uint8Array, inner: boolean): Der {
  return encoded((inner ? 0xa0 : 0x80) | number, content);
}

export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encoded(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(number: number): readonly number[] {
  const bytes = [number & 0x7f];
  for (let left = number >> 7; left > 0; left >>= 7) bytes.unshift((left & 0x7f) | 0x80);
  return bytes;
}

function encoded(tag: number, content: Uint8Array): Der {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content)]), content]);
}

function lengthOf(content: Uint8Array): readonly number[] {
  const { length } = content;
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
