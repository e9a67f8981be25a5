import * as v from 'valibot';
import type { StoredPackage, StoredProposal, TrustPackageRepository } from '../trust/package/repository.ts';
import { requireDigest } from './row-digest.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

interface PackageRow {
  readonly family: string;
  readonly version: number;
  readonly sha256: string;
  readonly document: Buffer;
  readonly signature: Buffer;
  readonly adopted_at: string;
  readonly adopted_by: string;
  readonly approval: string;
}

interface ProposalRow {
  readonly family: string;
  readonly kind: StoredProposal['kind'];
  readonly sha256: string;
  readonly proposed_at: string;
  readonly proposed_by: string;
  readonly username: string;
}

interface StepRow {
  readonly family: string;
  readonly step: number;
  readonly sha256: string;
  readonly document: Buffer;
  readonly signature: Buffer;
}

const Approval = v.strictObject({ statement: v.string(), signature: v.string(), publicKey: v.string() });

/** Keeps trust packages and proposals in the tables of migration 0008. A document that lost its digest is refused. */
export function createTrustPackageRepository(connection: SqliteConnection): TrustPackageRepository {
  const current = connection.prepare<[], PackageRow>(
    `SELECT * FROM trust_package AS newest
     WHERE version = (SELECT max(version) FROM trust_package WHERE family = newest.family) ORDER BY family`,
  );
  const insertPackage = connection.prepare<[PackageRow]>(
    `INSERT INTO trust_package (family, version, sha256, document, signature, adopted_at, adopted_by, approval)
     VALUES (@family, @version, @sha256, @document, @signature, @adopted_at, @adopted_by, @approval)`,
  );
  const proposals = connection.prepare<[], ProposalRow>('SELECT * FROM trust_proposal ORDER BY family');
  const insertProposal = connection.prepare<[ProposalRow]>(
    `INSERT INTO trust_proposal (family, kind, sha256, proposed_at, proposed_by, username)
     VALUES (@family, @kind, @sha256, @proposed_at, @proposed_by, @username)`,
  );
  const deleteProposal = connection.prepare<[string]>('DELETE FROM trust_proposal WHERE family = ?');
  const steps = connection.prepare<[string], StepRow>(
    'SELECT * FROM trust_proposal_step WHERE family = ? ORDER BY step',
  );
  const insertStep = connection.prepare<[StepRow]>(
    `INSERT INTO trust_proposal_step (family, step, sha256, document, signature)
     VALUES (@family, @step, @sha256, @document, @signature)`,
  );
  const deleteSteps = connection.prepare<[string]>('DELETE FROM trust_proposal_step WHERE family = ?');

  const removeProposal = (family: string): void => {
    deleteSteps.run(family);
    deleteProposal.run(family);
  };
  return {
    currentPackages: () => current.all().map(packageFromRow),
    addPackage: (stored) => void insertPackage.run(packageToRow(stored)),
    proposals: () => proposals.all().map((row) => proposalFromRows(row, steps.all(row.family))),
    putProposal({ family, kind, sha256, steps: given, proposedAt, proposedBy }) {
      removeProposal(family);
      const { id, username } = proposedBy;
      insertProposal.run({ family, kind, sha256, proposed_at: proposedAt.toISOString(), proposed_by: id, username });
      for (const [step, files] of given.entries()) {
        const [document, signature] = [Buffer.from(files.document), Buffer.from(files.signature)];
        insertStep.run({ family, step, sha256: files.sha256, document, signature });
      }
    },
    removeProposal,
  };
}

function packageToRow(stored: StoredPackage): PackageRow {
  return {
    family: stored.family,
    version: stored.version,
    sha256: stored.sha256,
    document: Buffer.from(stored.document),
    signature: Buffer.from(stored.signature),
    adopted_at: stored.adoptedAt.toISOString(),
    adopted_by: stored.adoptedBy,
    approval: JSON.stringify(stored.approval),
  };
}

function packageFromRow(row: PackageRow): StoredPackage {
  requireDigest(row.document, row.sha256, 'trust package');
  return {
    family: row.family,
    version: row.version,
    sha256: row.sha256,
    document: Uint8Array.from(row.document),
    signature: Uint8Array.from(row.signature),
    adoptedAt: new Date(row.adopted_at),
    adoptedBy: row.adopted_by,
    approval: v.parse(Approval, JSON.parse(row.approval)),
  };
}

function proposalFromRows(row: ProposalRow, steps: readonly StepRow[]): StoredProposal {
  return {
    family: row.family,
    kind: row.kind,
    sha256: row.sha256,
    steps: steps.map(({ sha256, document, signature }) => {
      requireDigest(document, sha256, 'proposed trust package');
      return { sha256, document: Uint8Array.from(document), signature: Uint8Array.from(signature) };
    }),
    proposedAt: new Date(row.proposed_at),
    proposedBy: { id: row.proposed_by, username: row.username },
  };
}
