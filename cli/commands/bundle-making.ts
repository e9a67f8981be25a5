import { createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { parseBundleDescription } from '../../core/bundle/make/bundle-description.ts';
import { createBundle } from '../../core/bundle/make/create-bundle.ts';
import { inspectBundle, type BundleInspection } from '../../core/bundle/make/inspect-bundle.ts';
import {
  attachSignature,
  externalSigningCommands,
  extractManifest,
  signBundle,
} from '../../core/bundle/make/sign-bundle.ts';
import { readSigningCredentials, type SigningCredentials } from '../../core/trust/read-signing-credentials.ts';
import type { Result } from '../../contract/result.ts';
import { CommandRefused, type GlobalOptions } from '../command-run.ts';
import { ExitCode } from '../exit-code.ts';
import { createAnswers } from '../terminal/ask.ts';
import { groupedDigest, mark, paint, shortDigest } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';

/** bundle create, sign, inspect: for those who make bundles; they need no station. */
export function addBundleMaking(bundle: Command): void {
  bundle
    .command('create <description.json> <out>')
    .description('make an unsigned bundle; lengths, hashes and versions are read from the image files')
    .option('--image-key <pem...>', 'public keys of the boot loader: images are checked against them')
    .action(async (description: string, out: string, { imageKey = [] }: { imageKey?: string[] }, command: Command) => {
      const input = unwrap(parseBundleDescription(readFileSync(description), dirname(resolve(description))));
      const keys = imageKey.map(readPublicKey);
      const made = unwrap(await createBundle(keys.length === 0 ? input : { ...input, imageKeys: keys }, out));
      print(
        command,
        made,
        () => `${mark.passed()} ${out} is made and not signed yet.\n  digest ${groupedDigest(made.digest)}`,
      );
    });

  bundle
    .command('sign <bundle> <out>')
    .description('sign a bundle with PEM or PKCS#12 keys, or with a signature that an HSM made')
    .option('--key <file...>', 'private key with its certificate: PEM or PKCS#12, one for each signer')
    .option('--certificate <file>', 'certificates, where they are not with the key')
    .option('--signature <p7s>', 'attach this detached CMS signature (DER) instead')
    .option('--external', 'write out the manifest, and print the commands that sign it elsewhere')
    .action(async (path: string, out: string, options: SignOptions, command: Command) => {
      if (options.external === true) return prepareExternalSignature(path, out, command);
      if (options.signature !== undefined) {
        const made = unwrap(await attachSignature(path, out, readFileSync(options.signature)));
        print(command, made, () => `${mark.passed()} ${out} carries the signature.`);
        return;
      }
      const credentials = await openCredentials(options, command);
      const made = unwrap(await signBundle({ bundle: path, out, credentials, signingTime: new Date() }));
      print(command, made, () => `${mark.passed()} ${out} is signed.\n  digest ${groupedDigest(made.digest)}`);
    });

  bundle
    .command('inspect <bundle>')
    .description('explain a bundle of whatever origin without trusting it')
    .option('--root <pem...>', 'root certificates to judge its signature by')
    .option('--image-key <pem...>', 'boot loader keys to judge its images by')
    .action(async (path: string, options: { root?: string[]; imageKey?: string[] }, command: Command) => {
      const inspection = await inspectBundle(path, {
        now: new Date(),
        ...(options.root ? { rootsDer: options.root.map((file) => new X509Certificate(readFileSync(file)).raw) } : {}),
        ...(options.imageKey ? { imageKeys: options.imageKey.map(readPublicKey) } : {}),
      });
      print(command, inspection, () => describeInspection(inspection));
      if (inspection.findings.length > 0) process.exitCode = ExitCode.refused;
    });
}

interface SignOptions {
  readonly key?: string[];
  readonly certificate?: string;
  readonly signature?: string;
  readonly external?: boolean;
}

async function prepareExternalSignature(path: string, out: string, command: Command): Promise<void> {
  const manifestFile = `${out}.manifest.json`;
  const signatureFile = `${out}.manifest.p7s`;
  writeFileSync(manifestFile, unwrap(await extractManifest(path)), { flag: 'wx' });
  const commands = [
    ...externalSigningCommands(manifestFile, signatureFile),
    `drydock bundle sign ${path} ${out} --signature ${signatureFile}`,
  ];
  print(command, { manifestFile, commands }, () =>
    [
      `The manifest is in ${manifestFile}. Sign it where your key is, then attach the signature:`,
      ...commands.map((line) => `  ${line}`),
    ].join('\n'),
  );
}

async function openCredentials(options: SignOptions, command: Command): Promise<SigningCredentials[]> {
  const files = options.key ?? [];
  if (files.length === 0) throw new UsageError('Give --key, --signature or --external.');
  const answers = createAnswers(command.optsWithGlobals<GlobalOptions>().stdin === true);
  const certificates = options.certificate === undefined ? {} : { certificates: readFileSync(options.certificate) };
  const opened: SigningCredentials[] = [];
  for (const path of files) {
    const file = readFileSync(path);
    const password = isEncrypted(file) ? await answers.secret(`Password of ${path}`) : undefined;
    opened.push(
      unwrap(readSigningCredentials({ file, ...certificates, ...(password === undefined ? {} : { password }) })),
    );
  }
  return opened;
}

/** PKCS#12 files always have a password (an empty one counts); PEM keys say so. */
function isEncrypted(file: Buffer): boolean {
  const text = file.toString('latin1');
  return !text.includes('-----BEGIN') || text.includes('ENCRYPTED');
}

function readPublicKey(path: string): Buffer {
  return createPublicKey(readFileSync(path)).export({ format: 'der', type: 'spki' });
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new CommandRefused(result);
  return result.value;
}

function print(command: Command, value: unknown, text: () => string): void {
  const { json } = command.optsWithGlobals<GlobalOptions>();
  process.stdout.write(`${json === true ? JSON.stringify(value, null, 2) : text()}\n`);
}

function describeInspection({
  digest,
  entries,
  manifest,
  certificates,
  verifiedSigners,
  findings,
}: BundleInspection): string {
  return [
    digest === null ? 'No manifest could be read.' : `digest ${groupedDigest(digest)}`,
    ...entries.map(({ name, lenBytes }) => `  ${name.padEnd(32)} ${lenBytes} bytes`),
    ...(manifest === null
      ? []
      : [
          `says it is ${manifest.product.name} (${manifest.product.id}), release ${manifest.release.name}, expires ${manifest.expires}`,
          ...manifest.images.map((image) => `  ${image.file}: version ${image.version} for ${image.compat.join(', ')}`),
        ]),
    ...certificates.map(
      ({ subject, sha256, notAfter }) =>
        `brings the certificate of ${subject}, until ${notAfter}  ${shortDigest(sha256)}`,
    ),
    ...verifiedSigners.map((subject) => `${mark.passed()} signed by ${subject}, under the root that you gave`),
    ...findings.map(({ code, reason }) => `${mark.refused()} ${reason}  ${paint('gray', code)}`),
    findings.length === 0
      ? `${mark.passed()} Nothing was found that a station would refuse.`
      : 'A station stops at the first of these.',
  ].join('\n');
}
