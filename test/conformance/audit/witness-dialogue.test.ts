import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import type { ErrorCode } from '../../../contract/error-code.ts';
import { parseVerifierKey } from '../../../core/audit/verifier-key.ts';
import { checkWitnessRequest, type WitnessedLog } from '../../../core/audit/witness/check-request.ts';
import { formatWitnessRequest, parseWitnessRequest } from '../../../core/audit/witness/witness-request.ts';
import { readVectors } from './read-vectors.ts';

const Dialogue = v.object({
  logVkey: v.string(),
  steps: v.array(v.object({ body: v.string(), status: v.number(), why: v.optional(v.string(), 'cosigned') })),
});

/**
 * The status that C2SP tlog-witness gives each refusal; an earlier text of it answered 403 for an unknown log. The forged signature of the dialogue
 * has a spelling in base64 that nothing encodes to, which is found here before it is verified.
 */
const statusOf: Partial<Record<ErrorCode, number>> = {
  'audit.note-malformed': 403,
  'audit.note-signature-invalid': 403,
  'audit.witness-log-unknown': 403,
  'audit.witness-stale': 409,
  'audit.witness-proof-invalid': 422,
};

const { logVkey, steps } = readVectors('witness-dialogue.json', Dialogue);

test('REQ-OTA-AUD-01 a witness answers a dialogue as another implementation of C2SP tlog-witness does', () => {
  const key = parseVerifierKey(logVkey);
  assert.ok(key.ok);
  let latest: WitnessedLog | null = null;
  for (const [at, { body, status, why }] of steps.entries()) {
    const request = parseWitnessRequest(Buffer.from(body));
    assert.ok(request.ok, `step ${at}`);
    assert.equal(Buffer.from(formatWitnessRequest(request.value)).toString(), body);
    const known: WitnessedLog | null = latest;
    const checked = checkWitnessRequest(request.value, [key.value], () => known);
    assert.equal(checked.ok ? 200 : statusOf[checked.code], status, `step ${at}, ${why}`);
    if (!checked.ok) {
      if (status === 409)
        assert.match(checked.reason, new RegExp(`request from ${/body (\d+)/.exec(why)?.[1] ?? ''}\\.$`));
      continue;
    }
    const { checkpoint, size } = checked.value;
    latest = { origin: checkpoint.origin, size, root: checkpoint.root };
  }
  assert.equal(latest?.size, 5);
});
