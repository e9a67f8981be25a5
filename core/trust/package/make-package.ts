import * as v from 'valibot';
import { accept, refuse, type Result } from '../../../contract/result.ts';
import { parseStrictJson } from '../../strict-json.ts';
import { catchRefusal, unwrap } from '../der/read-strictly.ts';
import { readPemOrDer } from '../pem.ts';
import { readCrlFile } from '../read-crl-file.ts';
import { type PackageDocument, trustPackageFormat } from './package-document.ts';
import { readTrustPackage, type TrustPackage } from './read-package.ts';

const FileName = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const Texts = v.pipe(v.array(v.string()), v.maxLength(64));

/** What a vendor writes into the description of `drydock trust make`; what its fields may hold, reading the made package checks. */
const PackageDescription = v.strictObject({
  family: v.string(),
  version: v.number(),
  issued: v.string(),
  minimumTime: v.string(),
  reason: v.string(),
  products: Texts,
  threshold: v.number(),
  anchors: v.pipe(
    v.array(
      v.strictObject({
        label: v.string(),
        purpose: v.picklist(['bundle', 'timestamp']),
        products: Texts,
        file: FileName,
      }),
    ),
    v.maxLength(64),
  ),
  imageKeys: v.pipe(v.array(v.strictObject({ label: v.string(), products: Texts, file: FileName })), v.maxLength(64)),
  crls: v.pipe(v.array(v.strictObject({ file: FileName })), v.maxLength(64)),
});

/** A trust package that is made and not signed yet. */
export interface MadePackage {
  readonly document: Buffer;
  readonly package: TrustPackage;
}

/**
 * Makes `trust.json` from a description whose files `readFile` reads: the same description and files give the same bytes. Refuses with
 * `trust.package-invalid`, `trust.pem-malformed`, or as reading the package does.
 */
export function makeTrustPackage(description: Uint8Array, readFile: (path: string) => Uint8Array): Result<MadePackage> {
  const bounds = {
    maxBytes: 1024 * 1024,
    maxDepth: 6,
    code: 'trust.package-invalid',
    what: 'The description',
  } as const;
  const json = parseStrictJson(description, bounds);
  if (!json.ok) return json;
  const parsed = v.safeParse(PackageDescription, json.value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const field = v.getDotPath(issue) ?? 'its top';
    return refuse('trust.package-invalid', `The description is wrong at ${field}: ${issue.message}.`, { field });
  }
  const made = catchRefusal(() => fillIn(parsed.output, readFile));
  if ('ok' in made) return made;
  const document = Buffer.from(`${JSON.stringify(made, null, 2)}\n`, 'utf8');
  const read = readTrustPackage(document);
  return read.ok ? accept({ document, package: read.value }) : read;
}

function fillIn(
  { anchors, imageKeys, crls, ...facts }: v.InferOutput<typeof PackageDescription>,
  readFile: (path: string) => Uint8Array,
): PackageDocument {
  const { family, version, issued, minimumTime, reason, products, threshold } = facts;
  const one = (path: string, label: string): string => base64(unwrap(readPemOrDer(readFile(path), [label])));
  return {
    format: trustPackageFormat,
    family,
    version,
    issued,
    minimumTime,
    reason,
    products,
    threshold,
    anchors: anchors.map(({ label, purpose, products: scope, file }) => {
      return { label, purpose, products: scope, certificate: one(file, 'CERTIFICATE') };
    }),
    imageKeys: imageKeys.map(({ label, products: scope, file }) => {
      return { label, products: scope, publicKey: one(file, 'PUBLIC KEY') };
    }),
    crls: crls.map(({ file }) => {
      const { crlDer, issuersDer } = unwrap(readCrlFile(readFile(file)));
      return { crl: base64(crlDer), issuers: issuersDer.map(base64) };
    }),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
