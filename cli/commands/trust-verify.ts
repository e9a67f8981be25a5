import type { Command } from 'commander';
import type { Refusal } from '../../contract/result.ts';
import { UtcTime } from '../../contract/schema/bundle.ts';
import { systemClock } from '../../core/system-clock.ts';
import { catchRefusal, unwrap } from '../../core/trust/der/read-strictly.ts';
import { oid } from '../../core/trust/oid.ts';
import { readPemOrDer, readPemOrDerList } from '../../core/trust/pem.ts';
import { type PathCertificate, verifyChain } from '../../core/trust/verify-chain.ts';
import type { VerifiedTimestamp } from '../../core/trust/timestamp/check-timestamps.ts';
import { type VerifiedSigner, verifyCms } from '../../core/trust/verify-cms.ts';
import { CommandRefused, type GlobalOptions } from '../command-run.ts';
import { ExitCode } from '../exit-code.ts';
import { readGivenFile } from '../given-file.ts';
import { readAs, readOid, readWholeNumber } from '../option-value.ts';
import { mark, paint, shortDigest } from '../terminal/style.ts';

interface CommonOptions {
  readonly root: string[];
  readonly crl: string[];
  readonly at?: string;
  readonly eku: string;
  readonly requireCrl?: boolean;
  readonly maxCrlAgeHours?: number;
}

interface ChainOptions extends CommonOptions {
  readonly leaf: string;
  readonly intermediate: string[];
  readonly maxDepth?: number;
}

interface CmsOptions extends CommonOptions {
  readonly cms: string;
  readonly content: string;
  readonly threshold?: number;
  readonly tsaRoot: string[];
}

const MAX_CONTENT_BYTES = 1024 * 1024 * 1024;
const HOUR_MS = 3_600_000;
const noStation = `
Needs no data folder and no log-in, and trusts nothing but the given roots. Exit code 0: accepted, 3: refused.
`;

/** trust verify-chain, trust verify-cms: the two pure functions of the trust room, for whoever makes or audits signatures. */
export function addTrustVerify(trust: Command): void {
  withCommonOptions(
    trust
      .command('verify-chain')
      .description('verify a certificate up to a root, by the rules for bundles')
      .requiredOption('--leaf <file>', 'the certificate to verify (PEM or DER)')
      .option('--intermediate <file...>', 'CA certificates that may lead to a root (DER, or PEM with any number)', [])
      .option('--max-depth <n>', 'most CA certificates between leaf and root (default: 8)', readWholeNumber(0, 64)),
  ).action((options: ChainOptions, command: Command) => {
    const result = catchRefusal(() =>
      verifyChain({
        ...readCommon(options),
        leafDer: unwrap(readPemOrDer(readGivenFile(options.leaf), ['CERTIFICATE'])),
        intermediatesDer: readAll(options.intermediate, 'CERTIFICATE'),
        ...(options.maxDepth === undefined ? {} : { maxDepth: options.maxDepth }),
      }),
    );
    const { json } = command.optsWithGlobals<GlobalOptions>();
    if (!result.ok) refuseAs(result, json === true);
    const path = result.path.map(viewCertificate);
    if (json === true) printJson({ ok: true, path });
    else
      print([
        `${mark.passed()} The certificate leads to a given root.`,
        ...describePath(result.path),
        ...checked(options),
      ]);
  });

  withCommonOptions(
    trust
      .command('verify-cms')
      .description('verify a detached CMS signature and its signers up to a root, by the rules for bundles')
      .requiredOption('--cms <file>', 'the signature file (DER or PEM)')
      .requiredOption('--content <file>', 'the file that was signed')
      .option('--threshold <k>', 'how many distinct keys must have signed (default: 1)', readWholeNumber(1, 16))
      .option(
        '--tsa-root <file...>',
        'roots of time-stamping authorities to trust (DER, or PEM with any number); their timestamps are verified',
        [],
      ),
  ).action((options: CmsOptions, command: Command) => {
    const result = catchRefusal(() =>
      verifyCms({
        ...readCommon(options),
        cms: unwrap(readPemOrDer(readGivenFile(options.cms), ['CMS', 'PKCS7'])),
        content: readGivenFile(options.content, MAX_CONTENT_BYTES),
        tsaRootsDer: readAll(options.tsaRoot, 'CERTIFICATE'),
        ...(options.threshold === undefined ? {} : { threshold: options.threshold }),
      }),
    );
    const { json } = command.optsWithGlobals<GlobalOptions>();
    if (!result.ok) refuseAs(result, json === true);
    if (json === true) printJson({ ok: true, signers: result.signers.map(viewSigner) });
    else print([...result.signers.flatMap((signer) => describeSigner(signer, options)), ...checked(options)]);
  });
}

function withCommonOptions(command: Command): Command {
  return command
    .requiredOption('--root <file...>', 'root certificates to trust (DER, or PEM with any number)')
    .option('--crl <file...>', 'revocation lists (DER, or PEM with any number)', [])
    .option(
      '--at <time>',
      'the time to judge at, UTC (default: now)',
      readAs(UtcTime, 'Give a UTC time such as 2026-11-22T09:00:00Z.'),
    )
    .option('--eku <oid>', 'purpose that the signer must have', readOid, oid.codeSigning)
    .option('--require-crl', 'refuse where a CA of the path has no current complete revocation list')
    .option(
      '--max-crl-age-hours <n>',
      'refuse a revocation list that was issued longer ago',
      readWholeNumber(1, 87_600),
    )
    .addHelpText('after', noStation);
}

function readCommon({ root, crl, at, eku, requireCrl, maxCrlAgeHours }: CommonOptions) {
  return {
    rootsDer: readAll(root, 'CERTIFICATE'),
    crlsDer: readAll(crl, 'X509 CRL'),
    at: at === undefined ? systemClock.now() : new Date(at),
    eku,
    requireCrl: requireCrl === true,
    ...(maxCrlAgeHours === undefined ? {} : { maxCrlAgeMs: maxCrlAgeHours * HOUR_MS }),
  };
}

function readAll(paths: readonly string[], label: string): Uint8Array[] {
  return paths.flatMap((path) => unwrap(readPemOrDerList(readGivenFile(path), label)));
}

function refuseAs(refusal: Refusal, json: boolean): never {
  if (json) printJson(refusal);
  throw new CommandRefused(refusal, ExitCode.refused, json);
}

function viewCertificate({ subject, fingerprintSha256, notBefore, notAfter }: PathCertificate) {
  return { subject, fingerprintSha256, notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString() };
}

function viewSigner({ path, notAfter, signingTime, timestamp, ...signer }: VerifiedSigner) {
  return {
    ...signer,
    notAfter: notAfter.toISOString(),
    signingTime: signingTime?.toISOString() ?? null,
    timestamp: timestamp === undefined ? null : viewTimestamp(timestamp),
    path: path.map(viewCertificate),
  };
}

function viewTimestamp({ time, path, ...timestamp }: VerifiedTimestamp) {
  return { time: time.toISOString(), ...timestamp, path: path.map(viewCertificate) };
}

/** Leaf first; the last one is the root. */
function describePath(path: readonly PathCertificate[]): string[] {
  return path.map(
    ({ subject, fingerprintSha256, notBefore, notAfter }, i) =>
      `  ${i === 0 ? '' : '← '}${subject}  ${shortDigest(fingerprintSha256)}  ${utcDay(notBefore)} to ${utcDay(notAfter)}${i === path.length - 1 ? '  (given root)' : ''}`,
  );
}

function describeSigner({ subject, signingTime, timestamp, path }: VerifiedSigner, { tsaRoot }: CmsOptions): string[] {
  const when = signingTime === undefined ? '' : `, ${signingTime.toISOString()} by its own account`;
  return [
    `${mark.passed()} Signed by ${subject}${when}.`,
    ...describePath(path),
    ...(tsaRoot.length === 0 ? [] : describeTimestamp(timestamp)),
  ];
}

function describeTimestamp(timestamp: VerifiedTimestamp | undefined): string[] {
  if (timestamp === undefined) return ['  No timestamp of an authority under the given roots.'];
  const { time, accuracyMs, tsaSubject, path } = timestamp;
  const within = accuracyMs === 0 ? '' : `, within ${accuracyMs} ms`;
  return [
    `  ${mark.passed()} Existed at ${time.toISOString()}${within}, by a timestamp of ${tsaSubject}.`,
    ...describePath(path).map((line) => `  ${line}`),
  ];
}

/** What the answer rests on, and what it leaves open. */
function checked({ crl, eku, at, requireCrl }: CommonOptions): string[] {
  const lists =
    requireCrl === true
      ? 'revocation, by a current list of every CA'
      : crl.length > 0
        ? 'revocation, as far as the given lists go'
        : 'not revocation: no list was given';
  const when = at === undefined ? 'now' : `at ${at}`;
  const what = `signatures, validity ${when}, names and constraints, CA rights, path length, purpose ${eku}; ${lists}`;
  return [paint('gray', `  Checked: ${what}.`)];
}

function utcDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
