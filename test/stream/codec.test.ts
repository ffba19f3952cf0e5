import * as official from '@temporalio/workflow-streams/workflow';
import fc from 'fast-check';
import {
  decodeBase64,
  decodePayloadProto,
  decodePayloadWire,
  encodeBase64,
  encodePayloadProto,
  encodePayloadWire,
} from 'streambook/workflow';
import { describe, expect, test } from 'vitest';
import {
  base64ByteAt,
  base64Length,
  decodeByHand,
  encodeByHand,
} from '../../src/stream/base64-by-hand.js';
import { checkPayloadWire } from '../../src/stream/codec.js';

const bytes = fc.uint8Array({ maxLength: 300 });
const keys = fc.string().filter((key) => key !== '__proto__');
const payload = fc.record({
  metadata: fc.dictionary(keys, bytes, { noNullPrototype: true }),
  data: bytes,
});

function outcomeOf(run: () => Uint8Array): Uint8Array | string {
  try {
    return run();
  } catch (error) {
    return (error as Error).name;
  }
}

describe('base64', () => {
  test('writes what Node writes, for any bytes', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(encodeBase64(data)).toBe(Buffer.from(data).toString('base64'));
      }),
    );
  });

  test('reads back what it wrote, with and without the padding', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const text = encodeBase64(data);
        expect(decodeBase64(text)).toEqual(data);
        expect(decodeBase64(text.replaceAll('=', ''))).toEqual(data);
      }),
    );
  });

  test('is the same by hand, as the workflow sandbox needs it, and with the help of Node', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const text = encodeBase64(data);
        expect(encodeByHand(data)).toBe(text);
        expect(decodeByHand(text)).toEqual(data);
      }),
    );
  });

  test('gives bytes of their own, which nobody else writes to', () => {
    const decoded = decodeBase64('AAEC');
    expect(decoded.buffer.byteLength).toBe(3);
    expect(Object.getPrototypeOf(decoded)).toBe(Uint8Array.prototype);
  });

  test('takes a text with Node’s help exactly when it would by hand', () => {
    const texts = fc.oneof(
      fc.base64String(),
      fc.string(),
      fc.stringMatching(/^[AB+/_=\- \n]{0,9}$/),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const byHand = outcomeOf(() => decodeByHand(text));
        expect(outcomeOf(() => decodeBase64(text))).toEqual(byHand);
      }),
    );
  });

  test.each(['A', 'AAAA=A', '####', 'ä===', 'AA-_', 'AA==AAAA', 'AA=='.repeat(2)])(
    'refuses %j',
    (text) => {
      expect(() => decodeBase64(text)).toThrow(TypeError);
    },
  );
});

describe('payloads', () => {
  test('the default converter’s JSON string has the bytes that other languages expect', () => {
    const wire = encodePayloadWire({
      metadata: { encoding: Buffer.from('json/plain') },
      data: Buffer.from('"hi"'),
    });
    expect(wire).toBe('ChYKCGVuY29kaW5nEgpqc29uL3BsYWluEgQiaGki');
  });

  test('the official codec reads what ours writes, and the other way round', () => {
    fc.assert(
      fc.property(payload, (value) => {
        expect(official.decodePayloadWire(encodePayloadWire(value))).toEqual(value);
        expect(decodePayloadWire(official.encodePayloadWire(value))).toEqual(value);
        expect(encodePayloadProto(value)).toEqual(official.encodePayloadProto(value));
      }),
    );
  });

  test('a metadata key `__proto__` is a key like any other', () => {
    const metadata = Object.fromEntries([['__proto__', Uint8Array.of(7)]]);
    const decoded = decodePayloadWire(encodePayloadWire({ metadata })).metadata ?? {};
    expect(Object.entries(decoded)).toEqual([['__proto__', Uint8Array.of(7)]]);
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
  });

  test('fields that a later version may add are skipped', () => {
    const known = encodePayloadProto({ metadata: {}, data: Uint8Array.of(1, 2) });
    // Field 3 as a number, field 4 as eight bytes, field 5 as text, field 6 as four bytes.
    const added = [0x18, 0x80, 0x01, 0x21, 1, 2, 3, 4, 5, 6, 7, 8, 0x2a, 1, 0x61, 0x35, 1, 2, 3, 4];
    expect(decodePayloadProto(Uint8Array.of(...added, ...known)).data).toEqual(Uint8Array.of(1, 2));
  });

  test('any prefix of a payload either decodes or throws a TypeError', () => {
    fc.assert(
      fc.property(payload, fc.nat(100), (value, cut) => {
        const whole = encodePayloadProto(value);
        try {
          decodePayloadProto(whole.subarray(0, whole.length - cut));
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
        }
      }),
    );
  });

  test.each([
    ['a field that is longer than the message', [0x12, 9, 1]],
    ['a number that never ends', [0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['a wire type that protobuf does not have', [0x17]],
  ])('refuses %s', (_, message) => {
    expect(() => decodePayloadProto(Uint8Array.from(message))).toThrow(TypeError);
  });
});

describe('a host that only looks at a payload', () => {
  /** Any wire, and valid ones in which a character, a byte or the length is another. */
  const mutated = fc
    .tuple(payload, fc.nat(), fc.nat(255), fc.constantFrom('none', 'character', 'byte', 'length'))
    .map(([value, place, code, what]) => {
      const whole = encodePayloadProto(value);
      if (what === 'byte') whole[place % (whole.length || 1)] = code;
      const wire = encodeBase64(
        what === 'length' ? whole.subarray(place % (whole.length || 1)) : whole,
      );
      if (what !== 'character') return wire;
      const at = place % (wire.length || 1);
      return wire.slice(0, at) + String.fromCharCode(code) + wire.slice(at + 1);
    });
  const padded = fc.oneof(mutated, fc.base64String(), bytes.map(encodeBase64));

  test('accepts exactly what a reader can decode', () => {
    const accepts = (read: () => unknown): boolean => {
      try {
        read();
        return true;
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
        return false;
      }
    };
    fc.assert(
      fc.property(padded, (wire) => {
        fc.pre(wire.length % 4 === 0);
        expect(accepts(() => checkPayloadWire(wire))).toBe(accepts(() => decodePayloadWire(wire)));
      }),
      { numRuns: 500 },
    );
  });

  test('sees the bytes without decoding the text', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const text = Buffer.from(data).toString('base64');
        const seen = Array.from({ length: base64Length(text) }, (_, i) => base64ByteAt(text, i));
        expect(seen).toEqual([...data]);
      }),
    );
  });

  test.each(['A', 'AA', 'AA=', 'A===', '====', '=AAA', 'AA=A', 'AA==AAAA', 'AAA\n', 'AA-_'])(
    'refuses %j, which is no padded base64',
    (text) => {
      expect(() => base64Length(text)).toThrow(TypeError);
    },
  );
});
