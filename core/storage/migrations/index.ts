import { stationMigration } from './0001-station.ts';
import { auditMigration } from './0002-audit.ts';
import { operatorMigration } from './0003-operator.ts';
import { trustMigration } from './0004-trust.ts';
import { bundleMigration } from './0005-bundle.ts';
import { policyMigration } from './0006-policy.ts';
import { updateMigration } from './0007-update.ts';
import { trustPackageMigration } from './0008-trust-package.ts';
import { benchMigration } from './0009-bench.ts';
import { standingOrderMigration } from './0010-standing-order.ts';
import { secondFactorMigration } from './0011-second-factor.ts';
import { approvalWithdrawalMigration } from './0012-approval-withdrawal.ts';
import { jobSearchMigration } from './0013-job-search.ts';
import { auditSearchMigration } from './0014-audit-search.ts';
import { witnessMigration } from './0015-witness.ts';
import type { Migration } from './migration.ts';

/** Every migration in ascending order; the last one's version is the newest database that this Drydock knows. */
export const migrations: readonly Migration[] = [
  stationMigration,
  auditMigration,
  operatorMigration,
  trustMigration,
  bundleMigration,
  policyMigration,
  updateMigration,
  trustPackageMigration,
  benchMigration,
  standingOrderMigration,
  secondFactorMigration,
  approvalWithdrawalMigration,
  jobSearchMigration,
  auditSearchMigration,
  witnessMigration,
];
