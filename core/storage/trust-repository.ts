import * as v from 'valibot';
import type { ImageKey, StoredCrl, TrustAnchor, TrustRepository } from '../trust/repository.ts';
import { requireDigest } from './row-digest.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

interface AnchorRow {
  readonly fingerprint: string;
  readonly der: Buffer;
  readonly subject: string;
  readonly not_after: string;
  readonly label: string;
  readonly products: string;
  readonly added_at: string;
  readonly added_by: string;
}

interface ImageKeyRow {
  readonly key_sha256: string;
  readonly spki: Buffer;
  readonly algorithm: string;
  readonly label: string;
  readonly products: string;
  readonly added_at: string;
  readonly added_by: string;
}

interface CrlRow {
  readonly issuer_sha256: string;
  readonly fingerprint: string;
  readonly der: Buffer;
  readonly issuer: string;
  readonly this_update: string;
  readonly next_update: string;
  readonly added_at: string;
  readonly added_by: string;
}

const Products = v.array(v.string());

/** Keeps trust anchors, image keys, revocation lists and the trusted-time floor in SQLite. Times are ISO 8601, UTC with milliseconds, so that text order is time order. */
export function createTrustRepository(connection: SqliteConnection): TrustRepository {
  const anchors = connection.prepare<[], AnchorRow>('SELECT * FROM trust_anchor ORDER BY added_at, fingerprint');
  const insertAnchor = connection.prepare<[AnchorRow]>(
    `INSERT INTO trust_anchor (fingerprint, der, subject, not_after, label, products, added_at, added_by)
     VALUES (@fingerprint, @der, @subject, @not_after, @label, @products, @added_at, @added_by)`,
  );
  const deleteAnchor = connection.prepare<[string]>('DELETE FROM trust_anchor WHERE fingerprint = ?');
  const imageKeys = connection.prepare<[], ImageKeyRow>('SELECT * FROM image_key ORDER BY added_at, key_sha256');
  const insertImageKey = connection.prepare<[ImageKeyRow]>(
    `INSERT INTO image_key (key_sha256, spki, algorithm, label, products, added_at, added_by)
     VALUES (@key_sha256, @spki, @algorithm, @label, @products, @added_at, @added_by)`,
  );
  const deleteImageKey = connection.prepare<[string]>('DELETE FROM image_key WHERE key_sha256 = ?');
  const crls = connection.prepare<[], CrlRow>('SELECT * FROM revocation_list ORDER BY added_at, issuer_sha256');
  const replaceCrl = connection.prepare<[CrlRow]>(
    `INSERT INTO revocation_list (issuer_sha256, fingerprint, der, issuer, this_update, next_update, added_at, added_by)
     VALUES (@issuer_sha256, @fingerprint, @der, @issuer, @this_update, @next_update, @added_at, @added_by)
     ON CONFLICT (issuer_sha256) DO UPDATE SET fingerprint = excluded.fingerprint, der = excluded.der,
       issuer = excluded.issuer, this_update = excluded.this_update, next_update = excluded.next_update,
       added_at = excluded.added_at, added_by = excluded.added_by`,
  );
  const floor = connection.prepare<[], string>('SELECT floor FROM time_floor').pluck();
  const raiseFloor = connection.prepare<[string]>(
    `INSERT INTO time_floor (only, floor) VALUES (1, ?)
     ON CONFLICT (only) DO UPDATE SET floor = excluded.floor WHERE excluded.floor > floor`,
  );

  return {
    listAnchors: () => anchors.all().map(anchorFromRow),
    addAnchor: (anchor) => void insertAnchor.run(anchorToRow(anchor)),
    removeAnchor: (fingerprintSha256) => void deleteAnchor.run(fingerprintSha256),
    listImageKeys: () => imageKeys.all().map(imageKeyFromRow),
    addImageKey: (key) => void insertImageKey.run(imageKeyToRow(key)),
    removeImageKey: (keySha256) => void deleteImageKey.run(keySha256),
    listCrls: () => crls.all().map(crlFromRow),
    addCrl: (crl) => void replaceCrl.run(crlToRow(crl)),
    timeFloor() {
      const text = floor.get();
      return text === undefined ? null : new Date(text);
    },
    raiseTimeFloor: (time) => void raiseFloor.run(time.toISOString()),
  };
}

function anchorToRow(anchor: TrustAnchor): AnchorRow {
  return {
    fingerprint: anchor.fingerprintSha256,
    der: Buffer.from(anchor.der),
    subject: anchor.subject,
    not_after: anchor.notAfter.toISOString(),
    label: anchor.label,
    products: JSON.stringify(anchor.products),
    added_at: anchor.addedAt.toISOString(),
    added_by: anchor.addedBy,
  };
}

function anchorFromRow(row: AnchorRow): TrustAnchor {
  requireDigest(row.der, row.fingerprint, 'trust anchor');
  return {
    der: Uint8Array.from(row.der),
    fingerprintSha256: row.fingerprint,
    subject: row.subject,
    notAfter: new Date(row.not_after),
    label: row.label,
    products: v.parse(Products, JSON.parse(row.products)),
    addedAt: new Date(row.added_at),
    addedBy: row.added_by,
  };
}

function imageKeyToRow(key: ImageKey): ImageKeyRow {
  return {
    key_sha256: key.keySha256,
    spki: Buffer.from(key.spkiDer),
    algorithm: key.algorithm,
    label: key.label,
    products: JSON.stringify(key.products),
    added_at: key.addedAt.toISOString(),
    added_by: key.addedBy,
  };
}

function imageKeyFromRow(row: ImageKeyRow): ImageKey {
  requireDigest(row.spki, row.key_sha256, 'image key');
  return {
    spkiDer: Uint8Array.from(row.spki),
    keySha256: row.key_sha256,
    algorithm: row.algorithm,
    label: row.label,
    products: v.parse(Products, JSON.parse(row.products)),
    addedAt: new Date(row.added_at),
    addedBy: row.added_by,
  };
}

function crlToRow(crl: StoredCrl): CrlRow {
  return {
    issuer_sha256: crl.issuerSha256,
    fingerprint: crl.fingerprintSha256,
    der: Buffer.from(crl.der),
    issuer: crl.issuer,
    this_update: crl.thisUpdate.toISOString(),
    next_update: crl.nextUpdate.toISOString(),
    added_at: crl.addedAt.toISOString(),
    added_by: crl.addedBy,
  };
}

function crlFromRow(row: CrlRow): StoredCrl {
  requireDigest(row.der, row.fingerprint, 'revocation list');
  return {
    der: Uint8Array.from(row.der),
    fingerprintSha256: row.fingerprint,
    issuer: row.issuer,
    issuerSha256: row.issuer_sha256,
    thisUpdate: new Date(row.this_update),
    nextUpdate: new Date(row.next_update),
    addedAt: new Date(row.added_at),
    addedBy: row.added_by,
  };
}
