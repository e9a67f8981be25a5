import * as v from 'valibot';
import { BundleSigner, Manifest } from '../../contract/schema/bundle.ts';
import type { BundleRecord, BundleRepository } from '../bundle/repository.ts';
import { canonicalJson } from '../canonical-json.ts';
import { requireDigest } from './row-digest.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

interface BundleRow {
  readonly digest: string;
  readonly manifest: string;
  readonly signature_sha256: string;
  readonly signature_bytes: number;
  readonly signers: string;
  readonly imported_at: string;
  readonly imported_by: string;
}

/** Keeps imported bundles in SQLite. */
export function createBundleRepository(connection: SqliteConnection): BundleRepository {
  const insert = connection.prepare(
    `INSERT INTO bundle (digest, manifest, signature_sha256, signature_bytes, signers, imported_at, imported_by)
     VALUES (@digest, @manifest, @signature_sha256, @signature_bytes, @signers, @imported_at, @imported_by)`,
  );
  const updateSignature = connection.prepare(
    `UPDATE bundle SET signature_sha256 = @signature_sha256, signature_bytes = @signature_bytes, signers = @signers
     WHERE digest = @digest`,
  );
  const forgetContents = connection.prepare('DELETE FROM bundle_content WHERE bundle = ?');
  const insertContent = connection.prepare('INSERT INTO bundle_content (bundle, sha256) VALUES (?, ?)');
  const byDigest = connection.prepare<[string], BundleRow>('SELECT * FROM bundle WHERE digest = ?');
  const newestFirst = connection.prepare<[], BundleRow>('SELECT * FROM bundle ORDER BY seq DESC');
  const newestWithProfiles = connection.prepare<[], BundleRow>(
    `SELECT * FROM bundle WHERE json_type(manifest, '$.profiles') = 'array' ORDER BY seq DESC`,
  );
  const exists = connection.prepare('SELECT 1 FROM bundle WHERE digest = ?').pluck();
  const isNeeded = connection.prepare('SELECT 1 FROM bundle_content WHERE sha256 = ? LIMIT 1').pluck();

  const get = (digest: string): BundleRecord | null => {
    const row = byDigest.get(digest);
    return row === undefined ? null : fromRow(row);
  };
  const addContents = (record: BundleRecord): void => {
    for (const sha256 of contentsOf(record)) insertContent.run(record.digest, sha256);
  };

  return {
    add(record) {
      insert.run(toRow(record));
      addContents(record);
    },
    replaceSignature(digest, signature) {
      const known = get(digest);
      if (known === null) throw new Error('the signature of an unknown bundle was to be replaced');
      const record = { ...known, ...signature };
      updateSignature.run(toRow(record));
      forgetContents.run(digest);
      addContents(record);
    },
    get,
    has: (digest) => exists.get(digest) !== undefined,
    list: () => newestFirst.all().map(fromRow),
    listWithProfiles: () => newestWithProfiles.all().map(fromRow),
    isReferenced: (sha256) => isNeeded.get(sha256) !== undefined,
  };
}

/** What of the store this bundle needs; two files may be one content. */
function contentsOf({ digest, signature, manifest }: BundleRecord): ReadonlySet<string> {
  const { images, documents = [], profiles = [] } = manifest;
  const listed = [...images, ...documents, ...profiles].map(({ hash }) => hash);
  return new Set([digest, signature.sha256, ...listed]);
}

function toRow(record: BundleRecord): BundleRow {
  return {
    digest: record.digest,
    manifest: record.manifestText,
    signature_sha256: record.signature.sha256,
    signature_bytes: record.signature.lenBytes,
    signers: canonicalJson(record.signers),
    imported_at: record.importedAt,
    imported_by: record.importedBy,
  };
}

function fromRow(row: BundleRow): BundleRecord {
  requireDigest(Buffer.from(row.manifest, 'utf8'), row.digest, 'bundle');
  return {
    digest: row.digest,
    manifest: v.parse(Manifest, JSON.parse(row.manifest)),
    manifestText: row.manifest,
    signature: { sha256: row.signature_sha256, lenBytes: row.signature_bytes },
    signers: v.parse(v.array(BundleSigner), JSON.parse(row.signers)),
    importedAt: row.imported_at,
    importedBy: row.imported_by,
  };
}
