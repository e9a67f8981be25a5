import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import type { OperationInput, OperationName, OperationOutput } from '../../contract/operations.ts';
import { accept, RefusalError, type Result } from '../../contract/result.ts';
import type { TrainingPeople } from '../../contract/window/window-operations.ts';
import { demoImageKeyPem, demoProduct, demoRootPem } from '../../demo/materials.ts';
import type { Station } from '../../core/station.ts';

const initialPassword = 'handed over on a slip of paper';

/** Everybody who works at the training station. Whoever learns plays all of them; the window shows how to log in. */
export const trainingPeople: TrainingPeople = {
  password: 'learn it before it counts',
  operators: [
    { username: 'tom', printedName: 'Tom Adeyemi', roles: ['technician'] },
    { username: 'ines', printedName: 'Ines Kaya', roles: ['approver'] },
    { username: 'otto', printedName: 'Otto Lindqvist', roles: ['auditor'] },
    { username: 'ada', printedName: 'Ada Moreno', roles: ['administrator'] },
  ],
};

/** Name of the training station, as it stands on its papers beside the word TRAINING. */
const stationName = 'Training bench';

/**
 * Makes the training station ready for somebody who has ten minutes: accounts whose password stands on the log-in screen, and the
 * demonstration vendor's root and image key pinned. All of it by operations, as a real station is set up.
 */
export async function setUpTrainingStation(station: Station): Promise<Result<void>> {
  const { password, operators } = trainingPeople;
  const call = caller(station);
  try {
    const [administrator] = operators.filter(({ roles }) => roles.includes('administrator'));
    if (administrator === undefined) throw new TypeError('a training station has an administrator');
    const { username, printedName } = administrator;
    await call('station.initialise', { name: stationName, administrator: { username, printedName, password } }, null);
    const { token } = await call('session.login', { username, password }, null);
    await pinDemoVendor((name, input) => call(name, input, token));
    for (const operator of operators) {
      if (operator === administrator) continue;
      await call('operator.create', { ...operator, roles: [...operator.roles], initialPassword }, token);
      const first = await call('session.login', { username: operator.username, password: initialPassword }, null);
      const change = { currentPassword: initialPassword, newPassword: password };
      await call('operator.change-password', change, first.token);
    }
    await call('session.logout', {}, token);
    return accept(undefined);
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
}

type AdministratorCall = <N extends OperationName>(name: N, input: OperationInput<N>) => Promise<unknown>;

async function pinDemoVendor(call: AdministratorCall): Promise<void> {
  const products = [demoProduct.id];
  await call('trust.pin-anchor', {
    certificate: demoRootPem,
    label: 'Demonstration vendor',
    products,
    typedFingerprint: sha256(new X509Certificate(demoRootPem).raw),
  });
  await call('trust.pin-image-key', {
    publicKey: demoImageKeyPem,
    label: 'Demonstration image key',
    products,
    typedFingerprint: sha256(createPublicKey(demoImageKeyPem).export({ format: 'der', type: 'spki' })),
  });
}

function caller(station: Station) {
  return async <N extends OperationName>(
    name: N,
    input: OperationInput<N>,
    token: string | null,
  ): Promise<OperationOutput<N>> => {
    const answer = await station.call(name, input, token);
    if (!answer.ok) throw new RefusalError(answer);
    return answer.value;
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
