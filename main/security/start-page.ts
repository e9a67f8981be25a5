import { windowOrigin } from '../../contract/window/bridge.ts';

/** The one page. */
export const startPage = `${windowOrigin}/index.html`;
