import * as v from 'valibot';
import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { PolicyDocument } from '../../contract/schema/policy.ts';
import { canonicalJson } from '../canonical-json.ts';
import { sha256Hex } from '../digest.ts';
import type { Sha256Hex } from '../digest.ts';
import { parseStrictJson } from '../strict-json.ts';

/** A policy and the digest by which approvals name it. */
export interface Policy {
  readonly document: PolicyDocument;
  /** SHA-256 of the document's canonical JSON (RFC 8785): layout and the order of keys do not matter. */
  readonly digest: Sha256Hex;
}

const MAX_POLICY_BYTES = 256 * 1024;
const MAX_POLICY_DEPTH = 8;
/** Bad fields that one refusal names; more help nobody. */
const MAX_NAMED_FIELDS = 20;

/** Reads a policy from untrusted bytes and reports every bad field with its path. Refuses with `policy.document-invalid`. */
export function parsePolicy(bytes: Uint8Array): Result<Policy> {
  const limits = { maxBytes: MAX_POLICY_BYTES, maxDepth: MAX_POLICY_DEPTH };
  const json = parseStrictJson(bytes, { ...limits, code: 'policy.document-invalid', what: 'The policy' });
  if (!json.ok) return json;
  const parsed = v.safeParse(PolicyDocument, json.value);
  if (!parsed.success) {
    const bad = parsed.issues
      .slice(0, MAX_NAMED_FIELDS)
      .map((issue) => `${v.getDotPath(issue) ?? 'policy'}: ${issue.message}`);
    return refuse('policy.document-invalid', `The policy has ${parsed.issues.length} bad fields: ${bad.join('; ')}.`);
  }
  return accept({ document: parsed.output, digest: digestPolicy(parsed.output) });
}

export function digestPolicy(document: PolicyDocument): Sha256Hex {
  return sha256Hex(Buffer.from(canonicalJson(document), 'utf8'));
}
