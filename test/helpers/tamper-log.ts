import { createPublicKey, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { AuditEvent } from '../../contract/schema/audit.ts';
import { originOf, signCheckpoint } from '../../core/audit/checkpoint.ts';
import { completeNodes, computeRoot, type ReadNode } from '../../core/audit/merkle-nodes.ts';
import { hashLeaf } from '../../core/audit/merkle-tree.ts';
import { createFileSecrets } from '../../core/audit/secret-store.ts';
import { loadStationKey } from '../../core/audit/station-key.ts';
import { makeVerifierKey } from '../../core/audit/verifier-key.ts';
import { canonicalJson } from '../../core/canonical-json.ts';

type Row = { seq: number; leaf: string };

/** Works on a closed station's database as an intruder would: another connection, with the triggers out of the way meanwhile. */
export function tamper(folder: string, work: (connection: Database.Database) => void): void {
  const connection = new Database(join(folder, 'station.db'));
  try {
    const triggers = connection
      .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      .all();
    for (const { name } of triggers) connection.exec(`DROP TRIGGER ${name}`);
    work(connection);
    for (const { sql } of triggers) connection.exec(sql);
  } finally {
    connection.close();
  }
}

/** Rebuilds hashes and nodes over the leaves as they stand: all that can be done without the station's key. */
export function rebuildTree(connection: Database.Database): ReadNode {
  connection.exec('DELETE FROM audit_node');
  const insert = connection.prepare('INSERT INTO audit_node (level, position, hash) VALUES (?, ?, ?)');
  const nodes = new Map<string, Uint8Array>();
  const readNode: ReadNode = (level, position) => nodes.get(`${level}/${position}`) ?? Buffer.alloc(0);
  for (const { seq, leaf } of connection.prepare<[], Row>('SELECT seq, leaf FROM audit_event ORDER BY seq').all()) {
    const leafHash = hashLeaf(Buffer.from(leaf));
    connection.prepare('UPDATE audit_event SET leaf_hash = ? WHERE seq = ?').run(leafHash, seq);
    nodes.set(`0/${seq - 1}`, leafHash);
    for (const { level, position, hash } of completeNodes(seq - 1, leafHash, readNode)) {
      nodes.set(`${level}/${position}`, hash);
      insert.run(level, position, hash);
    }
  }
  return readNode;
}

/**
 * Writes a closed station's log anew as only its own key can: each event as `rewrite` gives it (null: it never happened, and the others close up), the
 * tree, a checkpoint over every event, and the head. Nothing that is kept inside the log can tell. `privateKey`: another key in place of the station's.
 */
export function rewriteLog(
  folder: string,
  rewrite: (event: AuditEvent) => AuditEvent | null,
  privateKey: KeyObject = keyOf(folder),
): void {
  tamper(folder, (connection) => {
    const leaves = connection.prepare<[], string>('SELECT leaf FROM audit_event ORDER BY seq').pluck().all();
    const events = leaves.flatMap((leaf) => rewrite(JSON.parse(leaf) as AuditEvent) ?? []);
    connection.exec('DELETE FROM audit_event; DELETE FROM audit_checkpoint');
    const insert = connection.prepare(
      'INSERT INTO audit_event (seq, leaf, leaf_hash) VALUES (?, CAST(? AS TEXT), zeroblob(32))',
    );
    events.forEach((event, index) => insert.run(index + 1, canonicalJson({ ...event, seq: index + 1 })));
    const readNode = rebuildTree(connection);
    const origin = originOf(events[0]?.station ?? '');
    const key = makeVerifierKey(origin, createPublicKey(privateKey));
    let note = '';
    for (let size = 1; size <= events.length; size += 1) {
      const root = computeRoot(size, readNode);
      note = signCheckpoint({ origin, size: BigInt(size), root, extensions: [] }, key, privateKey);
      connection.prepare('INSERT INTO audit_checkpoint (size, note) VALUES (?, ?)').run(size, note);
    }
    writeFileSync(join(folder, 'audit-head'), note);
  });
}

function keyOf(folder: string): KeyObject {
  const key = loadStationKey(createFileSecrets(folder));
  if (!key.ok) throw new Error(key.reason);
  return key.value.privateKey;
}
