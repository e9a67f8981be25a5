import { Option, type Command } from 'commander';
import type { BundleView } from '../../contract/schema/bundle.ts';
import type { ProfileView } from '../../contract/schema/device-profile.ts';
import { ApprovalKind, ReasonCode, type ApprovalRequest, type DowngradeTerms } from '../../contract/schema/policy.ts';
import { askProof } from '../ask-proof.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { readAs, readWholeNumber } from '../option-value.ts';
import { describeDocuments } from '../terminal/describe-documents.ts';
import { describeBroughtProfile } from '../terminal/describe-profiles.ts';
import { describeProtections } from '../terminal/describe-protections.ts';
import { printable, printableLines } from '../terminal/printable.ts';
import { groupedDigest, localTime, mark } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';
import { findBundle } from './find-bundle.ts';

interface ApproveOptions {
  readonly kind: ApprovalKind;
  readonly serial?: string[];
  readonly workOrder?: string;
  readonly meaning: string;
  readonly reasonCode?: string;
  readonly fromAtMost?: number;
  readonly to?: number;
  readonly because?: string;
}

const readCounter = readWholeNumber(1, 0xffff_ffff);

/** approve: the electronic signature under an installation. */
export function addApprove(program: Command): void {
  program
    .command('approve')
    .argument('<digest>', 'the bundle: its digest, or at least the first 6 digits')
    .description('sign an approval for an imported bundle with your own key; asks for your password again')
    .addOption(
      new Option('--kind <kind>', 'what it is an approval for').choices(ApprovalKind.options).default('install'),
    )
    .option('--serial <serial...>', 'only for these units (left out: every unit of the product)')
    .option('--work-order <text>', 'only under this work order (left out: under any)')
    .option('--meaning <text>', 'what your signature means', 'Approved for installation')
    .option(
      '--reason-code <code>',
      'where the policy asks for one',
      readAs(ReasonCode, 'Give a code such as field-safety-notice.'),
    )
    .option('--from-at-most <n>', 'downgrade: highest security counter to go back from', readCounter)
    .option('--to <n>', 'downgrade: security counter to go back to', readCounter)
    .option('--because <text>', 'downgrade: why')
    .addHelpText(
      'after',
      `
Examples:
  drydock approve 06f3d4fd --work-order WO-1
  drydock approve 11aa22bb --kind downgrade --serial PUMP-0417 --from-at-most 5 --to 4 --because "fault F-12"`,
    )
    .action(async (digest: string, options: ApproveOptions, command: Command) => {
      const downgrade = readDowngrade(options);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const bundle = await findBundle(run, digest);
        const { operator } = await run.call('session.current', {});
        const { product } = bundle.manifest;
        const ofProduct = (await run.call('device.profiles', {})).filter((profile) => profile.product === product.id);
        const brought = ofProduct.filter((profile) => profile.bundle?.digest === bundle.digest);
        const profiles = ofProduct.filter(({ bundle: by }) => by === null || by.inForce || by.digest === bundle.digest);
        const request: ApprovalRequest = {
          kind: options.kind,
          bundleDigest: bundle.digest,
          product: product.id,
          scope: { serials: options.serial ?? '*', workOrder: options.workOrder ?? null },
          meaning: options.meaning,
          reasonCode: options.reasonCode ?? null,
          downgrade,
        };
        if (!run.wantsJson) {
          const shown = [
            describeRequest(operator.printedName, bundle, request),
            ...(await describePapers(run, bundle)),
            ...describeBrought(brought),
            ...describeProtections(product.id, profiles),
          ];
          process.stderr.write(`${shown.join('\n')}\n`);
        }
        const proof = await askProof(run);
        const statement = await run.call('approval.sign', { request, ...proof });
        const missingProtections = profiles.map(({ id, missingProtections: missing }) => ({ profile: id, missing }));
        run.print(
          { ...statement, missingProtections },
          () =>
            `${mark.passed()} Signed by ${statement.operator.printedName}, valid until ${localTime(statement.expiresAt)}.`,
        );
      });
    });
}

/** All that the signature will stand under, read before the password is typed. */
function describeRequest(signer: string, bundle: BundleView, { kind, meaning, scope, downgrade }: ApprovalRequest) {
  const { product, release } = bundle.manifest;
  const units = scope.serials === '*' ? 'every unit of the product' : scope.serials.join(', ');
  const workOrder = scope.workOrder === null ? 'any work order' : `work order ${scope.workOrder}`;
  return [
    `You sign as ${signer}: "${meaning}"`,
    `  bundle  ${printable(product.name)}, release ${printable(release.name)}, change ${printable(release.changeControl)}`,
    `          ${groupedDigest(bundle.digest)}`,
    ...(release.notes === undefined ? [] : printableLines(release.notes).map((line) => `  notes   ${line}`)),
    `  for     ${kind} on ${units}, under ${workOrder}`,
    ...(downgrade === null
      ? []
      : [`          back from ${downgrade.fromVersionAtMost} or less to ${downgrade.toVersion}: ${downgrade.reason}`]),
  ].join('\n');
}

/** That the bundle itself says how units are driven is part of what is signed. */
function describeBrought(brought: readonly ProfileView[]): string[] {
  if (brought.length === 0) return [];
  return [
    'Device profiles: approved for all units and any work order, the bundle says how these units are driven:',
    ...brought.flatMap((profile) => describeBroughtProfile(profile.file, profile)),
  ];
}

/** The bundle's documents, which the digest covers: it is that of the manifest, which holds the digest of each of them. */
async function describePapers(run: CommandRun, { digest, manifest }: BundleView): Promise<string[]> {
  if (manifest.documents === undefined) return [];
  const views = await run.call('bundle.documents', { digest });
  return [
    'Documents; the digest that you sign covers them:',
    ...describeDocuments(views),
    `  To open one: ${run.commandLine(`bundle export-document ${digest.slice(0, 8)} <name> <folder>`)}`,
  ];
}

function readDowngrade({ kind, serial, fromAtMost, to, because }: ApproveOptions): DowngradeTerms | null {
  if (kind !== 'downgrade') {
    if (fromAtMost === undefined && to === undefined && because === undefined) return null;
    throw new UsageError('--from-at-most, --to and --because belong to --kind downgrade.');
  }
  if (serial?.length !== 1 || fromAtMost === undefined || to === undefined || because === undefined)
    throw new UsageError('A downgrade approval needs one --serial, --from-at-most, --to and --because.');
  return { fromVersionAtMost: fromAtMost, toVersion: to, reason: because };
}
