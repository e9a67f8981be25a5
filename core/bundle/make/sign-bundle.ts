import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { oid } from '../../trust/oid.ts';
import type { SigningCredentials } from '../../trust/read-signing-credentials.ts';
import { signCms } from '../../trust/sign-cms.ts';
import { verifyCms } from '../../trust/verify-cms.ts';
import { openArchive } from '../archive/archive-reader.ts';
import type { Archive } from '../archive/archive-reader.ts';
import { readEntryData } from '../archive/entry-data.ts';
import { MANIFEST_NAME, SIGNATURE_NAME } from '../archive/entry-name.ts';
import { BUNDLE_LIMITS } from '../limits.ts';
import { checkMadeBundle, readManifest } from './check-made-bundle.ts';
import type { MadeBundle } from './check-made-bundle.ts';
import { partOf, writeArchive } from './write-archive.ts';
import type { ArchivePart } from './write-archive.ts';

export interface SignInput {
  /** The bundle to sign; a signature that it already has is replaced. */
  readonly bundle: string;
  /** The signed bundle, a new file. */
  readonly out: string;
  /** All signers of the bundle, since a CMS file is made in one go. */
  readonly credentials: readonly SigningCredentials[];
  /** CRLs of intermediate CAs, which then travel in the bundle. */
  readonly crlsDer?: readonly Uint8Array[];
  readonly signingTime: Date;
}

/** Signs a bundle with keys at hand. Refuses as {@link attachSignature}. */
export async function signBundle(input: SignInput): Promise<Result<MadeBundle>> {
  return rewriteBundle(input.bundle, input.out, (content) =>
    signCms({
      content,
      signers: input.credentials,
      chainDer: input.credentials.flatMap(({ chainDer }) => chainDer),
      crlsDer: input.crlsDer ?? [],
      signingTime: input.signingTime,
    }),
  );
}

/**
 * Puts a signature that was made elsewhere (an HSM, another machine) into a bundle, once it is seen to be a good one over
 * this manifest. Whether its signer is trusted is the stations' affair.
 *
 * Refuses `trust.…`, `bundle.archive-too-large`, as `checkMadeBundle`, and `bundle.output-exists`, `bundle.output-failed`.
 */
export async function attachSignature(bundle: string, out: string, signature: Uint8Array): Promise<Result<MadeBundle>> {
  return rewriteBundle(bundle, out, () => signature);
}

/** The exact bytes that a signature has to cover. Refuses as the archive does, and `bundle.manifest-missing`. */
export async function extractManifest(bundle: string): Promise<Result<Buffer>> {
  const archive = await openArchive(bundle);
  if (!archive.ok) return archive;
  try {
    return await readManifest(archive.value);
  } finally {
    archive.value.close();
  }
}

/** How to sign an extracted manifest with a key in a PKCS#11 token: to fill in, run, and follow with `attachSignature`. */
export function externalSigningCommands(manifestFile: string, signatureFile: string): readonly string[] {
  const [manifest, signature] = [quote(manifestFile), quote(signatureFile)];
  const files = `-in ${manifest} -out ${signature} -outform DER`;
  return [
    `openssl cms -sign -binary -nosmimecap -md sha256 ${files} -signer signer.crt -certfile issuing.crt -engine pkcs11 -keyform engine -inkey "pkcs11:token=release;object=release;type=private"`,
    `openssl cms -verify -binary -inform DER -in ${signature} -content ${manifest} -CAfile root.crt -purpose any -out /dev/null`,
  ];
}

/** For a POSIX shell. */
function quote(path: string): string {
  return /^[\w./:-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

async function rewriteBundle(
  bundle: string,
  out: string,
  makeSignature: (manifest: Buffer) => Uint8Array,
): Promise<Result<MadeBundle>> {
  const archive = await openArchive(bundle);
  if (!archive.ok) return archive;
  try {
    const manifest = await readManifest(archive.value);
    if (!manifest.ok) return manifest;
    const signature = makeSignature(manifest.value);
    const covered = checkCovers(signature, manifest.value);
    if (!covered.ok) return covered;
    const parts = [
      partOf(MANIFEST_NAME, manifest.value),
      partOf(SIGNATURE_NAME, signature),
      ...imagePartsOf(archive.value),
    ];
    return await writeArchive(out, parts, checkMadeBundle);
  } finally {
    archive.value.close();
  }
}

/** Without anchors nothing chains; every check that comes before the chain has passed where only the chain is missing. */
function checkCovers(signature: Uint8Array, manifest: Uint8Array): Result<void> {
  if (signature.length > BUNDLE_LIMITS.signatureBytes) {
    const reason = `The signature is ${signature.length} bytes long, at most ${BUNDLE_LIMITS.signatureBytes} are read.`;
    return refuse('bundle.archive-too-large', reason, { lenBytes: signature.length });
  }
  const at = new Date(0);
  const verdict = verifyCms({ cms: signature, content: manifest, rootsDer: [], crlsDer: [], at, eku: oid.codeSigning });
  return verdict.ok || verdict.code === 'trust.no-path' ? accept(undefined) : verdict;
}

function imagePartsOf(archive: Archive): ArchivePart[] {
  return [...archive.entries.values()]
    .filter(({ name }) => name !== MANIFEST_NAME && name !== SIGNATURE_NAME)
    .map((entry) => ({ name: entry.name, lenBytes: entry.lenBytes, open: () => copyChunks(archive, entry.name) }));
}

/** A stream keeps chunks for a while; the reader's are valid only until the next one. */
async function* copyChunks(archive: Archive, name: string): AsyncGenerator<Uint8Array, void, undefined> {
  const entry = archive.entries.get(name);
  if (entry === undefined) throw new Error(`${name} left the archive`);
  for await (const chunk of readEntryData(archive.file, entry)) yield Buffer.from(chunk);
}
