import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { parseSignedData } from '../../trust/cms/signed-data.ts';
import { attachTimestamp } from '../../trust/timestamp/attach-timestamp.ts';
import { writeTimestampRequest } from '../../trust/timestamp/timestamp-request.ts';
import { openArchive } from '../archive/archive-reader.ts';
import { readSignedManifest } from '../read-bundle.ts';
import type { MadeBundle } from './check-made-bundle.ts';
import { attachSignature } from './sign-bundle.ts';

/**
 * The request (`.tsq`) that a time-stamping authority answers for the signature of signer number `signer`, counted from 1 in the order of the
 * file; without a number the bundle must have one signer. Refuses `trust.cms-…`, `trust.timestamp-signer`, and as the archive does.
 */
export async function requestTimestamp(bundle: string, signer?: number): Promise<Result<Buffer>> {
  const cms = await readSignature(bundle);
  if (!cms.ok) return cms;
  const signedData = parseSignedData(cms.value);
  if (!signedData.ok) return signedData;
  const { signerInfos } = signedData.value;
  const count = signerInfos.length;
  if (signer === undefined && count > 1)
    return refuse('trust.timestamp-signer', `The bundle has ${count} signers; say which one with --signer.`, { count });
  const info = signerInfos[(signer ?? 1) - 1];
  if (info !== undefined) return accept(writeTimestampRequest(info.signature));
  return refuse('trust.timestamp-signer', `The bundle has no signer ${signer}: it has ${count}.`, { count });
}

/** Puts an authority's answer into a bundle, beside the signature that it is about. Refuses as `attachTimestamp` and `attachSignature`. */
export async function addTimestamp(bundle: string, out: string, response: Uint8Array): Promise<Result<MadeBundle>> {
  const cms = await readSignature(bundle);
  if (!cms.ok) return cms;
  const stamped = attachTimestamp(cms.value, response);
  return stamped.ok ? attachSignature(bundle, out, stamped.value) : stamped;
}

async function readSignature(bundle: string): Promise<Result<Buffer>> {
  const archive = await openArchive(bundle);
  if (!archive.ok) return archive;
  try {
    const signed = await readSignedManifest(archive.value);
    return signed.ok ? accept(signed.value.signatureBytes) : signed;
  } finally {
    archive.value.close();
  }
}
