import * as v from 'valibot';
import type { ErrorCode } from '../../contract/error-code.ts';
import { accept, refuse, type Result } from '../../contract/result.ts';
import {
  AuditEventSchema,
  type AuditActor,
  type AuditEvent,
  type AuditEventType,
} from '../../contract/schema/audit.ts';
import type { AuditOutcome, AuditSubject } from '../../contract/schema/audit.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { JsonObject } from '../ports.ts';
import { parseStrictJson } from '../strict-json.ts';

/** What a room reports; the log adds `seq`, `time` and `station`. Never put a secret into it. */
export interface AuditEventDraft {
  readonly type: AuditEventType;
  readonly actor: AuditActor;
  readonly outcome: AuditOutcome;
  readonly subject: AuditSubject;
  /** Why it was refused or failed. */
  readonly code?: ErrorCode;
  /** Facts of this type of event, at most a few kilobytes. */
  readonly data: JsonObject;
}

/** Writes events: the side of the audit log that the other rooms see. */
export interface AuditWriter {
  /**
   * Records an event in the transaction that is open, and with it the operation and its event stand or fall together.
   * Throws outside a transaction, and a `RefusalError` (`audit.event-invalid`, `audit.event-too-large`) for a draft
   * that has no place in the log.
   */
  append(draft: AuditEventDraft): AuditEvent;
}

/** Longest leaf, in UTF-8 bytes. */
export const maxLeafLenBytes = 64 * 1024;
/** Deepest nesting of a leaf's arrays and objects. */
export const maxLeafDepth = 32;

/** The leaf of an event: its RFC 8785 canonical JSON. These bytes are hashed, stored and reported. */
export function leafOf(event: AuditEvent): string {
  return canonicalJson(event);
}

/**
 * Reads an event from its leaf, as bytes or as their text, within bounds. Refuses with `audit.event-too-large`, or `audit.event-invalid`
 * where it is not exactly the canonical form of an event that `AuditEventSchema` describes.
 */
export function parseLeaf(leaf: Uint8Array | string): Result<AuditEvent> {
  if (typeof leaf === 'string') {
    return leaf.isWellFormed() ? parseLeaf(Buffer.from(leaf)) : refuseLeaf('it holds half a character');
  }
  const lenBytes = leaf.byteLength;
  if (lenBytes > maxLeafLenBytes) {
    const reason = `The audit event has ${lenBytes} bytes, but at most ${maxLeafLenBytes} are allowed.`;
    return refuse('audit.event-too-large', reason, { lenBytes, maxLenBytes: maxLeafLenBytes });
  }
  const bounds = {
    maxBytes: maxLeafLenBytes,
    maxDepth: maxLeafDepth,
    code: 'audit.event-invalid',
    what: 'The audit event',
  } as const;
  const json = parseStrictJson(leaf, bounds);
  if (!json.ok) return json;
  const parsed = v.safeParse(AuditEventSchema, json.value);
  if (!parsed.success) return refuseLeaf(describeIssue(parsed.issues[0]));
  // RFC 8785 leaves one way to write an event; another text of the same meaning would have another hash.
  if (!Buffer.from(leafOf(parsed.output)).equals(leaf)) return refuseLeaf('it is not in canonical form (RFC 8785)');
  return accept(parsed.output);
}

function refuseLeaf(why: string): Result<never> {
  return refuse('audit.event-invalid', `The audit event is not valid: ${why}.`);
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? 'event'}: ${issue.message}`;
}
