import { Command } from 'commander';
import { stationVersion } from '../core/station/version.ts';
import { addApproval } from './commands/approval.ts';
import { addApprove } from './commands/approve.ts';
import { addAudit } from './commands/audit.ts';
import { addBench } from './commands/bench.ts';
import { addBundle } from './commands/bundle.ts';
import { addDemo } from './commands/demo.ts';
import { addDevice } from './commands/device.ts';
import { addInit } from './commands/init.ts';
import { addOperator } from './commands/operator.ts';
import { addPolicy } from './commands/policy.ts';
import { addReport } from './commands/report.ts';
import { addScan } from './commands/scan.ts';
import { addSecondFactor } from './commands/second-factor.ts';
import { addSession } from './commands/session.ts';
import { addSimulator } from './commands/simulator.ts';
import { addStation } from './commands/station.ts';
import { addStatus } from './commands/status.ts';
import { addTrust } from './commands/trust.ts';
import { addUnit } from './commands/unit.ts';
import { addUpdate } from './commands/update.ts';
import { addVerifyReport } from './commands/verify-report.ts';

/** The whole command line; `--help` of each command comes from here. */
export function createProgram(): Command {
  const program = new Command('drydock')
    .exitOverride()
    .description('Verifies, approves, installs and proves firmware updates over USB DFU, offline.')
    .version(stationVersion)
    .option(
      '--data <folder>',
      'data folder of the station (default: $DRYDOCK_DATA, else the place for application data)',
    )
    .option('--virtual-bench <folder>', 'work with the virtual units kept in this folder instead of USB (training)')
    .option('--json', 'print results and refusals as JSON')
    .option('--stdin', 'take answers (passwords too) from standard input, a line each, instead of asking')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for what the command takes)')
    .addHelpText('after', exitCodesText);
  for (const add of [
    addInit,
    addStatus,
    addStation,
    addSession,
    addSecondFactor,
    addOperator,
    addTrust,
    addPolicy,
    addBundle,
    addApprove,
    addApproval,
    addScan,
    addDevice,
    addBench,
    addUpdate,
    addUnit,
    addAudit,
    addReport,
    addVerifyReport,
    addSimulator,
    addDemo,
  ]) {
    add(program);
  }
  return program;
}

const exitCodesText = `
Exit codes:
  0 done (an update: confirmed)      3 a check said no             5 nobody knows what the unit runs
  1 fault of program or machine      4 the unit was not updated    6 a verification found something wrong
  2 the command line is wrong      130 stopped by Ctrl-C

Secrets are asked for on the terminal and never taken as arguments.
`;
