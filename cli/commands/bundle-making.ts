import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { UtcTime } from '../../contract/schema/bundle.ts';
import { parseBundleDescription } from '../../core/bundle/make/bundle-description.ts';
import { createBundle } from '../../core/bundle/make/create-bundle.ts';
import { inspectBundle } from '../../core/bundle/make/inspect-bundle.ts';
import {
  attachSignature,
  externalSigningCommands,
  extractManifest,
  signBundle,
} from '../../core/bundle/make/sign-bundle.ts';
import { readSigningCredentials, type SigningCredentials } from '../../core/trust/read-signing-credentials.ts';
import { parsePublicKey } from '../../core/trust/public-key.ts';
import { readPemOrDer } from '../../core/trust/pem.ts';
import type { Refusal } from '../../contract/result.ts';
import { CommandRefused, unwrap, type GlobalOptions } from '../command-run.ts';
import { ExitCode } from '../exit-code.ts';
import { expectGivenFile, readGivenFile, writeNewFile } from '../given-file.ts';
import { readAs } from '../option-value.ts';
import { createAnswers } from '../terminal/ask.ts';
import { describeInspection } from '../terminal/describe-inspection.ts';
import { quoteForShell } from '../terminal/quote-for-shell.ts';
import { groupedDigest, mark } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';

/** bundle create, sign, inspect: for those who make bundles; they need no station. */
export function addBundleMaking(bundle: Command): void {
  bundle
    .command('create')
    .argument(
      '<description.json>',
      'product, release and images (docs/bundle-format.md); paths in it are relative to it',
    )
    .argument('<out>', 'the unsigned bundle, a new file')
    .description('make an unsigned bundle; lengths, hashes and versions are read from the image files')
    .option('--image-key <pem...>', 'public keys of the boot loader: images are checked against them')
    .action(async (description: string, out: string, { imageKey = [] }: { imageKey?: string[] }, command: Command) => {
      const input = unwrap(parseBundleDescription(readGivenFile(description), dirname(resolve(description))));
      const keys = imageKey.map(readPublicKey);
      const made = unwrap(await createBundle(keys.length === 0 ? input : { ...input, imageKeys: keys }, out));
      print(
        command,
        made,
        () => `${mark.passed()} ${out} is made and not signed yet.\n  digest ${groupedDigest(made.digest)}`,
      );
    });

  bundle
    .command('sign')
    .argument('<bundle>', 'the bundle; a signature that it has is replaced')
    .argument('<out>', 'the signed bundle, a new file')
    .description('sign a bundle with PEM or PKCS#12 keys, or with a signature that an HSM made')
    .option('--key <file...>', 'private key with its certificate: PEM or PKCS#12, one for each signer')
    .option('--certificate <file>', 'PEM file with certificates, where they are not with the key')
    .option('--signature <p7s>', 'attach this detached CMS signature (DER) instead')
    .option(
      '--signing-time <utc>',
      'what the signature says (left out: now); for bytes that can be made again',
      readAs(UtcTime, 'Give a UTC time such as 2026-11-22T09:00:00Z.'),
    )
    .option('--external', 'write out the manifest, and print the commands that sign it elsewhere')
    .addHelpText(
      'after',
      `
Examples:
  drydock bundle sign unsigned.bundle pump-2.4.1.bundle --key release.key --certificate release.crt
  drydock bundle sign unsigned.bundle pump-2.4.1.bundle --key first.p12 --key second.p12
  drydock bundle sign unsigned.bundle pump-2.4.1.bundle --external`,
    )
    .action(async (path: string, out: string, options: SignOptions, command: Command) => {
      expectGivenFile(path);
      if (options.external === true) return prepareExternalSignature(path, out, command);
      if (options.signature !== undefined) {
        const made = unwrap(await attachSignature(path, out, readGivenFile(options.signature)));
        print(command, made, () => `${mark.passed()} ${out} carries the signature.`);
        return;
      }
      const credentials = await openCredentials(options, command);
      const made = unwrap(
        await signBundle({ bundle: path, out, credentials, signingTime: new Date(options.signingTime ?? Date.now()) }),
      );
      print(command, made, () => `${mark.passed()} ${out} is signed.\n  digest ${groupedDigest(made.digest)}`);
    });

  bundle
    .command('inspect')
    .argument('<bundle>', 'the file')
    .description('explain a bundle of whatever origin without trusting it')
    .option('--root <pem...>', 'root certificates to judge its signature by')
    .option('--tsa-root <pem...>', 'root certificates of time-stamping authorities to judge its timestamps by')
    .option('--image-key <pem...>', 'boot loader keys to judge its images by')
    .action(async (path: string, options: InspectOptions, command: Command) => {
      expectGivenFile(path);
      const inspection = await inspectBundle(path, {
        now: new Date(),
        ...(options.root ? { rootsDer: options.root.map(readCertificate) } : {}),
        ...(options.tsaRoot ? { tsaRootsDer: options.tsaRoot.map(readCertificate) } : {}),
        ...(options.imageKey ? { imageKeys: options.imageKey.map(readPublicKey) } : {}),
      });
      print(command, inspection, () => describeInspection(inspection, options.imageKey !== undefined));
      if (inspection.findings.length > 0) process.exitCode = ExitCode.refused;
    });
}

interface InspectOptions {
  readonly root?: string[];
  readonly tsaRoot?: string[];
  readonly imageKey?: string[];
}

interface SignOptions {
  readonly key?: string[];
  readonly certificate?: string;
  readonly signature?: string;
  readonly external?: boolean;
  readonly signingTime?: string;
}

async function prepareExternalSignature(path: string, out: string, command: Command): Promise<void> {
  const manifestFile = `${out}.manifest.json`;
  const signatureFile = `${out}.manifest.p7s`;
  if (existsSync(out)) throw new UsageError(`${out} is there already; give another name.`);
  writeNewFile(manifestFile, unwrap(await extractManifest(path)));
  const commands = [
    ...externalSigningCommands(manifestFile, signatureFile),
    `drydock bundle sign ${[path, out].map(quoteForShell).join(' ')} --signature ${quoteForShell(signatureFile)}`,
  ];
  print(command, { manifestFile, commands }, () =>
    [
      `The manifest is in ${manifestFile}. Sign it where your key is, then attach the signature; signer.crt,`,
      'issuing.crt and root.crt stand for your own certificates:',
      ...commands.map((line) => `  ${line}`),
    ].join('\n'),
  );
}

async function openCredentials(options: SignOptions, command: Command): Promise<SigningCredentials[]> {
  const files = options.key ?? [];
  if (files.length === 0) throw new UsageError('Give --key, --signature or --external.');
  const answers = createAnswers(command.optsWithGlobals<GlobalOptions>().stdin === true);
  const certificates = options.certificate === undefined ? {} : { certificates: readGivenFile(options.certificate) };
  const opened: SigningCredentials[] = [];
  for (const path of files) {
    const file = readGivenFile(path);
    const password = isEncrypted(file) ? await answers.secret(`Password of ${path}`) : undefined;
    const read = readSigningCredentials({ file, ...certificates, ...(password === undefined ? {} : { password }) });
    if (!read.ok) throw new CommandRefused({ ...read, reason: `${path}: ${read.reason}${hintFor(read, options)}` });
    opened.push(read.value);
  }
  return opened;
}

function hintFor({ code }: Refusal, { certificate }: SignOptions): string {
  const lacksCertificate = code === 'trust.credentials-mismatch' && certificate === undefined;
  return lacksCertificate ? ' Give its certificate with --certificate <file>.' : '';
}

/** PKCS#12 files always have a password (an empty one counts); PEM keys say so. */
function isEncrypted(file: Buffer): boolean {
  const text = file.toString('latin1');
  return !text.includes('-----BEGIN') || text.includes('ENCRYPTED');
}

function readPublicKey(path: string): Buffer {
  const der = unwrap(readPemOrDer(readGivenFile(path), ['PUBLIC KEY']));
  return Buffer.from(unwrap(parsePublicKey(der)).spkiDer);
}

function readCertificate(path: string): Uint8Array {
  return unwrap(readPemOrDer(readGivenFile(path), ['CERTIFICATE']));
}

/** Prints the value as JSON where that is asked for, else the text. */
export function print(command: Command, value: unknown, text: () => string): void {
  const { json } = command.optsWithGlobals<GlobalOptions>();
  process.stdout.write(`${json === true ? JSON.stringify(value, null, 2) : text()}\n`);
}
