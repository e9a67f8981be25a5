import { accept } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { Manifest } from '../../../contract/schema/bundle.ts';
import { sha256Hex } from '../../digest.ts';
import { parseSignedData } from '../../trust/cms/signed-data.ts';
import { oid } from '../../trust/oid.ts';
import { verifyCms } from '../../trust/verify-cms.ts';
import { parseCertificate } from '../../trust/x509/certificate.ts';
import { describeName } from '../../trust/x509/name.ts';
import { openArchive } from '../archive/archive-reader.ts';
import type { Archive } from '../archive/archive-reader.ts';
import { MANIFEST_NAME } from '../archive/entry-name.ts';
import { checkContents, checkLifetime } from '../check-manifest.ts';
import { parseManifest } from '../parse-manifest.ts';
import { readSignedManifest } from '../read-bundle.ts';
import { checkImageHash, readManifest } from './check-made-bundle.ts';
import { inspectImage } from './inspect-image.ts';

export interface InspectionInput {
  readonly now: Date;
  /** Roots to judge the signature by; without one, only the chain is left open. */
  readonly rootsDer?: readonly Uint8Array[];
  readonly crlsDer?: readonly Uint8Array[];
  /** Boot loader keys to judge the images by; null leaves the images' signatures open. */
  readonly imageKeys?: readonly Uint8Array[] | null;
}

/** A certificate that the signature file brings: a claim, whoever it names. */
export interface ClaimedCertificate {
  readonly subject: string;
  readonly sha256: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/** What a bundle says of itself, and every reason that a station would refuse it for. Nothing of it is trusted. */
export interface BundleInspection {
  readonly digest: string | null;
  readonly entries: readonly { readonly name: string; readonly lenBytes: number; readonly packedBytes: number }[];
  readonly manifest: Manifest | null;
  readonly certificates: readonly ClaimedCertificate[];
  /** False where no root was given: then the signature itself holds or not, and who may have signed is left open. */
  readonly chainChecked: boolean;
  /** Subjects of the signers whose signature and chain hold under `rootsDer`. */
  readonly verifiedSigners: readonly string[];
  /** In the order in which a station would meet them: it stops at the first. */
  readonly findings: readonly Refusal[];
}

/** Explains a bundle of whatever origin; goes on after a finding as far as sense can be made. Throws only on I/O errors. */
export async function inspectBundle(path: string, input: InspectionInput): Promise<BundleInspection> {
  const archive = await openArchive(path);
  if (!archive.ok) {
    return {
      digest: null,
      entries: [],
      manifest: null,
      certificates: [],
      chainChecked: false,
      verifiedSigners: [],
      findings: [archive],
    };
  }
  try {
    return await inspectArchive(archive.value, input);
  } finally {
    archive.value.close();
  }
}

async function inspectArchive(archive: Archive, input: InspectionInput): Promise<BundleInspection> {
  const findings: Refusal[] = [];
  const note = <T>(result: Result<T>): T | null => {
    if (result.ok) return result.value;
    findings.push(result);
    return null;
  };
  const signed = note(await readSignedManifest(archive));
  const manifestBytes = signed?.manifestBytes ?? (await readUnsigned(archive));
  const signers =
    signed === null ? [] : (note(verifySigners(signed.manifestBytes, signed.signatureBytes, input)) ?? []);
  const manifest = manifestBytes === null ? null : note(parseManifest(manifestBytes));
  if (manifest !== null) await inspectContents(archive, manifest, input, findings);
  return {
    digest: manifestBytes === null ? null : sha256Hex(manifestBytes),
    entries: [...archive.entries.values()].map(({ name, lenBytes, packedBytes }) => ({ name, lenBytes, packedBytes })),
    manifest,
    certificates: signed === null ? [] : listCertificates(signed.signatureBytes),
    chainChecked: signed !== null && (input.rootsDer ?? []).length > 0,
    verifiedSigners: signers,
    findings,
  };
}

/** The manifest of a bundle that is not signed yet; what is wrong with it was noted already. */
async function readUnsigned(archive: Archive): Promise<Buffer | null> {
  if (!archive.entries.has(MANIFEST_NAME)) return null;
  const manifest = await readManifest(archive);
  return manifest.ok ? manifest.value : null;
}

function verifySigners(content: Uint8Array, cms: Uint8Array, input: InspectionInput): Result<readonly string[]> {
  const { rootsDer = [], crlsDer = [], now } = input;
  const verdict = verifyCms({ cms, content, rootsDer, crlsDer, at: now, eku: oid.codeSigning });
  if (verdict.ok) return accept(verdict.signers.map(({ subject }) => subject));
  // With no root given nobody asked for the chain; that everything else holds is what this code then says.
  return rootsDer.length === 0 && verdict.code === 'trust.no-path' ? accept([]) : verdict;
}

async function inspectContents(
  archive: Archive,
  manifest: Manifest,
  input: InspectionInput,
  findings: Refusal[],
): Promise<void> {
  const lifetime = checkLifetime(manifest, input.now);
  if (lifetime) findings.push(lifetime);
  const contents = checkContents(manifest, archive.entries);
  if (!contents.ok) {
    findings.push(contents);
    return;
  }
  for (const listed of contents.value) {
    const hashed = await checkImageHash(archive, listed);
    const verdict = hashed.ok ? await inspectImage(archive, listed, input.imageKeys ?? null) : hashed;
    if (!verdict.ok) findings.push(verdict);
  }
}

function listCertificates(cms: Uint8Array): ClaimedCertificate[] {
  const signedData = parseSignedData(cms);
  if (!signedData.ok) return [];
  return signedData.value.certificatesDer.flatMap((der) => {
    const certificate = parseCertificate(der);
    if (!certificate.ok) return [];
    const { subject, fingerprintSha256, notBefore, notAfter } = certificate.value;
    return [
      {
        subject: describeName(subject),
        sha256: fingerprintSha256,
        notBefore: notBefore.toISOString(),
        notAfter: notAfter.toISOString(),
      },
    ];
  });
}
