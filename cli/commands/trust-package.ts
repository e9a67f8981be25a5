import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { OperationInput, OperationOutput } from '../../contract/operations.ts';
import type { ProposedTrustChange, TrustChangeView } from '../../contract/schema/trust.ts';
import { packageLimits } from '../../core/trust/package/package-document.ts';
import { readTrustPackage } from '../../core/trust/package/read-package.ts';
import { askProof } from '../ask-proof.ts';
import { CommandRun, unwrap, type GlobalOptions } from '../command-run.ts';
import { expectGivenFile, makeGivenFolder, readGivenFile, writeNewFile } from '../given-file.ts';
import { describeTrust } from '../terminal/describe-trust.ts';
import { groupedDigest, mark, shortDigest } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';

/** trust init, import, approve, reject, show, export: trust that is renewed by packages. */
export function addTrustPackage(trust: Command): void {
  trust
    .command('init')
    .argument('<trust.json>', 'the package; its signature lies beside it as trust.p7s')
    .description('begin a family with its trust package; the SHA-256 of trust.json is typed as its vendor gave it')
    .option('--anew', 'begin anew where the family’s anchors are compromised or have expired (administrator’s guide)')
    .action(async (path: string, { anew = false }: { anew?: boolean }, command: Command) => {
      const { sha256 } = unwrap(readTrustPackage(readGivenFile(path, packageLimits.documentBytes)));
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        if (!run.wantsJson) process.stderr.write(`SHA-256 of this package:\n  ${groupedDigest(sha256)}\n`);
        const typedFingerprint = await run.answers.line('Type it as you received it from its vendor by another route');
        await proposeAndApprove(run, { packages: [filesOf(path)], begin: { typedFingerprint, anew } });
      });
    });

  trust
    .command('import')
    .argument(
      '<trust.json...>',
      'the next package; several in their order where the station is several versions behind',
    )
    .description('renew what is trusted with the next trust package; its signature lies beside it as .p7s')
    .action(async (paths: string[], _options: object, command: Command) => {
      const packages = paths.map(filesOf);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        await proposeAndApprove(run, { packages, begin: null });
      });
    });

  trust
    .command('approve')
    .argument('<family>', 'whose proposed change of trust')
    .description('approve what somebody else proposed; asks for your password')
    .option('--meaning <text>', 'what your signature means', defaultMeaning)
    .action(async (family: string, { meaning }: { meaning: string }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const sha256 = await confirmProposal(run, family);
        await approve(run, { family, sha256, meaning });
      });
    });

  trust
    .command('reject')
    .argument('<family>', 'whose proposed change of trust')
    .description('drop what was proposed')
    .requiredOption('--reason <text>', 'why')
    .action(async (family: string, { reason }: { reason: string }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const sha256 = await confirmProposal(run, family);
        await run.call('trust.reject', { family, sha256, reason });
        run.print({ family, sha256 }, () => `${mark.passed()} The proposed change of trust of ${family} is dropped.`);
      });
    });

  trust
    .command('show')
    .description('trust packages, pins, revocation lists, what waits for approval, and the clock')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const overview = await run.call('trust.show', {});
        run.print(overview, () => describeTrust(overview));
      });
    });

  trust
    .command('export')
    .argument('<family>', 'whose package')
    .argument('<folder>', 'for trust.json, trust.p7s and the anchors as PEM')
    .description('write out the package in force, byte for byte, for another station')
    .action(async (family: string, folder: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const exported = await run.call('trust.export', { family });
        makeGivenFolder(folder);
        writeNewFile(join(folder, 'trust.json'), Buffer.from(exported.document, 'base64'));
        writeNewFile(join(folder, 'trust.p7s'), Buffer.from(exported.signature, 'base64'));
        for (const { purpose, fingerprintSha256, pem } of exported.anchors) {
          writeNewFile(join(folder, `anchor-${purpose}-${fingerprintSha256.slice(0, 16)}.pem`), pem);
        }
        run.print(
          exported,
          () =>
            `${mark.passed()} Version ${exported.version} of ${family} is written to ${folder}.\n  SHA-256 of trust.json ${groupedDigest(exported.sha256)}`,
        );
      });
    });

  addExportPins(trust);
}

function addExportPins(trust: Command): void {
  trust
    .command('export-pins')
    .argument('<folder>', 'for a PEM file of each root and image key')
    .description('write out what was pinned by hand, for another station')
    .action(async (folder: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        makeGivenFolder(folder);
        const written = await run.call('trust.export-files', { family: null, folder: resolve(folder) });
        run.print(written, () => written.files.map(({ name }) => `${mark.passed()} ${join(folder, name)}`).join('\n'));
      });
    });
}

const defaultMeaning = 'Approved as what this station trusts';

/** Proposes, and goes on to approve where nobody else may. */
async function proposeAndApprove(run: CommandRun, input: OperationInput<'trust.propose'>): Promise<void> {
  const proposed = await run.call('trust.propose', input);
  const { family } = proposed.change;
  if (!run.wantsJson) process.stderr.write(`${describeProposal(proposed)}\n`);
  if (!proposed.mayApproveAlone) {
    const approve = run.commandLine(`trust approve ${family}`);
    run.print(proposed, () => `The packages verify, and wait for somebody else's approval: ${approve}`);
    return;
  }
  await approve(run, { family, sha256: proposed.sha256, meaning: defaultMeaning });
}

async function approve(
  run: CommandRun,
  what: Omit<OperationInput<'trust.approve'>, 'password' | 'code'>,
): Promise<void> {
  const approved = await run.call('trust.approve', { ...what, ...(await askProof(run)) });
  run.print(approved, () => describeApproved(approved));
}

/** Shows what is proposed and has the first digits of its SHA-256 typed, so that nobody approves what was not looked at. */
async function confirmProposal(run: CommandRun, family: string): Promise<string> {
  const { proposals } = await run.call('trust.show', {});
  const found = proposals.find((one) => one.family === family);
  if (found === undefined) throw new UsageError(`No change of the trust of ${family} is proposed.`);
  if (!run.wantsJson) {
    const what =
      found.change === null ? (found.refusal?.reason ?? '') : describeChange(found.change, found.package?.anchors);
    process.stderr.write(`${found.proposedBy} proposed:\n${what}\n  SHA-256 ${groupedDigest(found.sha256)}\n`);
  }
  const typed = await run.answers.line('Type at least the first 8 digits of its SHA-256 as its vendor gave it');
  const prefix = typed.replaceAll(/[\s:]/g, '').toLowerCase();
  if (prefix.length < 8 || !found.sha256.startsWith(prefix))
    throw new UsageError('That is not what is proposed; nothing was changed.');
  return found.sha256;
}

function describeProposal({ change, reason, anchors, signers, sha256 }: ProposedTrustChange): string {
  return [
    describeChange(change),
    `  because: ${reason}`,
    ...anchors.map(
      ({ fingerprintSha256, label, purpose, products }) =>
        `  ${shortDigest(fingerprintSha256)}  ${label} (${purpose}) for ${products.join(', ')}`,
    ),
    `  signed by ${signers.join('; ')}`,
    `  SHA-256 ${groupedDigest(sha256)}`,
  ].join('\n');
}

function describeChange(
  { family, fromVersion, toVersion, anchorsBefore, anchorsAfter }: TrustChangeView,
  anchors: ProposedTrustChange['anchors'] = [],
): string {
  const from = fromVersion === 0 ? 'none' : `version ${fromVersion}`;
  const added = anchorsAfter.filter((one) => !anchorsBefore.includes(one));
  const removed = anchorsBefore.filter((one) => !anchorsAfter.includes(one));
  const labelOf = (sha256: string): string =>
    anchors.flatMap(({ fingerprintSha256, label }) => (fingerprintSha256 === sha256 ? `  ${label}` : '')).join('');
  return [
    `  ${family}: from ${from} to version ${toVersion}`,
    ...added.map((one) => `  + anchor ${groupedDigest(one)}${labelOf(one)}`),
    ...removed.map((one) => `  - anchor ${groupedDigest(one)}`),
  ].join('\n');
}

function describeApproved({ change, crlsTaken, crlsLeftOut }: OperationOutput<'trust.approve'>): string {
  const lists = `${crlsTaken} revocation list(s) taken`;
  const left = crlsLeftOut === 0 ? '' : `, ${crlsLeftOut} left out, since time has overtaken them`;
  return `${mark.passed()} Version ${change.toVersion} of the trust of ${change.family} is in force; ${lists}${left}.`;
}

/** `x.json` and `x.p7s` beside it. */
function filesOf(path: string): { document: string; signature: string } {
  const signature = path.replace(/(?:\.json)?$/, '.p7s');
  expectGivenFile(path);
  expectGivenFile(signature);
  return { document: resolve(path), signature: resolve(signature) };
}
