import { accept } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { Manifest } from '../../../contract/schema/bundle.ts';
import type { SbomSummary } from '../../../contract/schema/bundle-document.ts';
import { sha256Hex } from '../../digest.ts';
import { oid } from '../../trust/oid.ts';
import { verifyCms } from '../../trust/verify-cms.ts';
import { openArchive } from '../archive/archive-reader.ts';
import type { Archive } from '../archive/archive-reader.ts';
import { MANIFEST_NAME } from '../archive/entry-name.ts';
import { checkContents, checkLifetime } from '../check-manifest.ts';
import { checkDocument } from '../documents/check-document.ts';
import { matchDocuments } from '../documents/match-documents.ts';
import { readSbom } from '../documents/sbom.ts';
import { checkImageDependencies } from '../images/check-dependencies.ts';
import type { ReadImage } from '../images/check-dependencies.ts';
import { parseManifest } from '../parse-manifest.ts';
import { readSignedManifest } from '../read-bundle.ts';
import type { ProfileView } from '../../../contract/schema/device-profile.ts';
import { describeProfile } from '../../device/profile/describe-profile.ts';
import { checkArchivedProfiles, checkImageHash, readManifest } from './check-made-bundle.ts';
import { describeMcuboot, inspectImage } from './inspect-image.ts';
import type { McubootFacts } from './inspect-image.ts';
import { describeSignature } from './inspect-signature.ts';
import type { ClaimedCertificate, ClaimedSigner } from './inspect-signature.ts';

export interface InspectionInput {
  readonly now: Date;
  /** Roots to judge the signature by; without one, only the chain is left open. */
  readonly rootsDer?: readonly Uint8Array[];
  readonly crlsDer?: readonly Uint8Array[];
  /** Roots of time-stamping authorities to judge timestamps by; without one they are shown as they are. */
  readonly tsaRootsDer?: readonly Uint8Array[];
  /** Boot loader keys to judge the images by; null leaves the images' signatures open. */
  readonly imageKeys?: readonly Uint8Array[] | null;
}

/** An image of the manifest with what its file says. */
export interface ImageClaims {
  readonly file: string;
  readonly mcuboot: McubootFacts;
}

/** A document of the manifest with what its file says. */
export interface SbomClaims {
  readonly file: string;
  readonly sbom: SbomSummary;
}

/** A device profile of the manifest, and how units would be driven by it. */
export interface ProfileClaims {
  readonly file: string;
  readonly profile: ProfileView;
}

/** What a bundle says of itself, and every reason that a station would refuse it for. Nothing of it is trusted. */
export interface BundleInspection {
  readonly digest: string | null;
  readonly entries: readonly { readonly name: string; readonly lenBytes: number; readonly packedBytes: number }[];
  readonly manifest: Manifest | null;
  readonly certificates: readonly ClaimedCertificate[];
  /** Every signer that the signature file names. */
  readonly claimedSigners: readonly ClaimedSigner[];
  /** The MCUboot images whose form could be read. */
  readonly images: readonly ImageClaims[];
  /** The SBOMs that could be read. */
  readonly sboms: readonly SbomClaims[];
  /** The device profiles; none where one of them would be refused. */
  readonly profiles: readonly ProfileClaims[];
  /** False where no root was given: then the signature itself holds or not, and who may have signed is left open. */
  readonly chainChecked: boolean;
  /** Subjects of the signers whose signature and chain hold under `rootsDer`. */
  readonly verifiedSigners: readonly string[];
  /** In the order in which a station would meet them: it stops at the first. */
  readonly findings: readonly Refusal[];
}

type InspectedContents = Pick<BundleInspection, 'images' | 'sboms' | 'profiles'>;

const NOTHING: InspectedContents = { images: [], sboms: [], profiles: [] };

/** Explains a bundle of whatever origin; goes on after a finding as far as sense can be made. Throws only on I/O errors. */
export async function inspectBundle(path: string, input: InspectionInput): Promise<BundleInspection> {
  const archive = await openArchive(path);
  if (!archive.ok) {
    return {
      digest: null,
      entries: [],
      manifest: null,
      certificates: [],
      claimedSigners: [],
      ...NOTHING,
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
  const { tsaRootsDer = [], crlsDer = [], now: at } = input;
  const signature = signed === null ? null : describeSignature(signed.signatureBytes, { tsaRootsDer, crlsDer, at });
  findings.push(...(signature?.timestampFindings ?? []));
  const manifest = manifestBytes === null ? null : note(parseManifest(manifestBytes));
  const contents = manifest === null ? NOTHING : await inspectContents(archive, manifest, input, findings);
  return {
    digest: manifestBytes === null ? null : sha256Hex(manifestBytes),
    entries: [...archive.entries.values()].map(({ name, lenBytes, packedBytes }) => ({ name, lenBytes, packedBytes })),
    manifest,
    certificates: signature?.certificates ?? [],
    claimedSigners: signature?.signers ?? [],
    ...contents,
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
): Promise<InspectedContents> {
  const lifetime = checkLifetime(manifest, input.now);
  if (lifetime) findings.push(lifetime);
  const images = await inspectImages(archive, manifest, input, findings);
  const sboms = await inspectDocuments(archive, manifest, findings);
  const profiles = await inspectProfiles(archive, manifest, findings);
  return { images, sboms, profiles };
}

async function inspectProfiles(
  archive: Archive,
  manifest: Manifest,
  findings: Refusal[],
): Promise<readonly ProfileClaims[]> {
  const checked = await checkArchivedProfiles(archive, manifest);
  if (!checked.ok) {
    findings.push(checked);
    return [];
  }
  const { profiles: listed = [] } = manifest;
  return checked.value.flatMap((profile, index) => {
    const entry = listed[index];
    if (entry === undefined) return [];
    const { file, hash: sha256 } = entry;
    return [{ file, profile: describeProfile({ profile, source: { kind: 'file', file, sha256 } }) }];
  });
}

async function inspectImages(
  archive: Archive,
  manifest: Manifest,
  input: InspectionInput,
  findings: Refusal[],
): Promise<readonly ImageClaims[]> {
  const contents = checkContents(manifest, archive.entries);
  if (!contents.ok) {
    findings.push(contents);
    return [];
  }
  const read: ReadImage[] = [];
  for (const listed of contents.value) {
    const hashed = await checkImageHash(archive, listed);
    const inspected = hashed.ok
      ? await inspectImage(archive, listed, input.imageKeys ?? null)
      : { verdict: hashed, mcuboot: null };
    if (!inspected.verdict.ok) findings.push(inspected.verdict);
    if (inspected.mcuboot !== null) read.push({ image: listed.image, mcuboot: inspected.mcuboot });
  }
  const unsatisfied = checkImageDependencies(read);
  if (unsatisfied) findings.push(unsatisfied);
  return read.map(({ image, mcuboot }) => ({ file: image.file, mcuboot: describeMcuboot(mcuboot) }));
}

async function inspectDocuments(
  archive: Archive,
  manifest: Manifest,
  findings: Refusal[],
): Promise<readonly SbomClaims[]> {
  const listed = matchDocuments(manifest, archive.entries);
  if (!listed.ok) {
    findings.push(listed);
    return [];
  }
  const sboms: SbomClaims[] = [];
  for (const { document, entry } of listed.value) {
    const bytes = await archive.readSmall(entry);
    const checked = bytes.ok ? checkDocument(document, bytes.value) : bytes;
    if (!checked.ok) findings.push(checked);
    if (!bytes.ok || document.kind !== 'sbom') continue;
    const sbom = readSbom(bytes.value, document.file);
    if (sbom.ok) sboms.push({ file: document.file, sbom: sbom.value });
  }
  return sboms;
}
