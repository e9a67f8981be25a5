import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { ReportFile } from '../schema/station.ts';
import { Cosigner, NoteKey, NoteKeyKind, WitnessState } from '../schema/witness.ts';
import { DiskPath, Nothing } from './input.ts';

/** An origin of a log, or the name of a witness. */
const KeyName = v.pipe(v.string(), v.minLength(1), v.maxLength(1024));
const VerifierKeyText = v.pipe(v.string(), v.minLength(1), v.maxLength(8192));

/**
 * Cosigning of checkpoints on removable media. Whom a station believes is a matter of trust, and an administrator's (`trust.manage`); asking for
 * cosignatures, making and keeping them makes evidence out of the log, and is for whoever may take a checkpoint out (`audit.export`): the
 * administrator, and the auditor, who changes nothing else.
 */
export const witnessOperations = {
  /** Whose keys are confirmed here, which logs were cosigned here, and who cosigned this station's log. Each kept cosignature is verified now. */
  'audit.witnesses': { access: 'audit.read', input: Nothing, output: WitnessState },
  /** What a verifier key is, read from its file; changes nothing. */
  'audit.inspect-key': { access: 'audit.read', input: v.strictObject({ path: DiskPath }), output: NoteKey },
  /** Believes a log's or a witness's key whose fingerprint a person typed as they got it on another way. */
  'audit.confirm-key': {
    access: 'trust.manage',
    input: v.strictObject({ verifierKey: VerifierKeyText, typedFingerprint: v.pipe(v.string(), v.maxLength(256)) }),
    output: NoteKey,
  },
  /** What was cosigned, here or by that witness, stays known. */
  'audit.remove-key': {
    access: 'trust.manage',
    input: v.strictObject({ kind: NoteKeyKind, name: KeyName }),
    output: NoteKey,
  },
  /**
   * Writes a request for a cosignature into a folder, beside the key that verifies it: the newest checkpoint, and the proof that it continues what
   * the witness saw last. `from`: how many events that were; null: as many as the newest kept cosignature of `witness` covers, and none where no
   * witness is named.
   */
  'audit.request-cosignature': {
    access: 'audit.export',
    input: v.strictObject({
      folder: DiskPath,
      witness: v.nullable(KeyName),
      from: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
    }),
    output: v.strictObject({ size: v.number(), from: v.number(), files: v.array(ReportFile) }),
  },
  /** Cosigns the checkpoint of another station's request, and writes it into a folder beside the key that verifies the cosignature. */
  'audit.cosign': {
    access: 'audit.export',
    input: v.strictObject({ path: DiskPath, folder: DiskPath }),
    output: v.strictObject({
      origin: v.string(),
      /** Events that the checkpoint covers, and that were cosigned here before. */
      size: v.number(),
      from: v.number(),
      at: v.string(),
      files: v.array(ReportFile),
    }),
  },
  /** Keeps a checkpoint of this station that a confirmed witness has cosigned, where the log still begins with it. */
  'audit.add-cosignature': {
    access: 'audit.export',
    input: v.strictObject({ path: DiskPath }),
    /** `added`: those that were not kept before. */
    output: v.strictObject({ size: v.number(), logSize: v.number(), added: v.array(Cosigner) }),
  },
} as const satisfies OperationTable;
