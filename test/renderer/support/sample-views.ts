import { Permission } from '../../../contract/permission.ts';
import type { OperatorView, SessionView } from '../../../contract/schema/session.ts';
import type { TrustOverview } from '../../../contract/schema/trust.ts';
import type { WindowState } from '../../../contract/window/window-operations.ts';

export const stationKey = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export const operator: OperatorView = {
  id: '0b8e6f3e-6c0e-4c7e-9d52-0f6f3f0a8a11',
  username: 'tom',
  printedName: 'Tom Okafor',
  roles: ['technician'],
  status: 'active',
  mustChangePassword: false,
  lockedUntil: null,
  publicKeySha256: stationKey,
  secondFactor: 'none',
  createdAt: '2026-11-01T08:00:00Z',
};

/** A session with every permission, so that every place of the rail is shown. */
export const session: SessionView = {
  operator,
  permissions: [...Permission.options],
  startedAt: '2026-11-29T08:00:00Z',
  idleAt: '2026-11-29T08:15:00Z',
  expiresAt: '2026-11-29T20:00:00Z',
};

/** An open station where nobody is logged in. */
export const openView: WindowState = {
  phase: 'open',
  refusal: null,
  station: {
    initialised: true,
    id: 'b0f0a08',
    name: 'Bench 1, Biomedical',
    version: '0.1.0',
    keySha256: stationKey,
    training: false,
  },
  session: null,
  locked: false,
  dataFolder: '/var/lib/drydock',
  keychain: true,
  training: null,
  shell: 'electron',
  preferences: { language: 'system', theme: 'system', motion: 'system', paper: 'A4' },
};

export const loggedInView: WindowState = { ...openView, session };

export const trust: TrustOverview = {
  packages: [],
  pinnedAnchors: [
    {
      fingerprintSha256: stationKey,
      subject: 'CN=Acme root',
      label: 'Acme root',
      products: ['*'],
      notAfter: '2030-01-01T00:00:00Z',
      addedAt: '2026-11-01T08:00:00Z',
    },
  ],
  pinnedImageKeys: [],
  crls: [],
  proposals: [],
  clock: { now: '2026-11-29T08:00:00Z', floor: null, floorRaisedBy: null, refusal: null },
};
