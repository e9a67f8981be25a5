import { encode } from 'uqr';

/** A QR code as the path of an SVG; one module is one unit of the path. */
export interface QrDrawing {
  /** Width and height in modules, quiet zone and all. */
  readonly size: number;
  readonly path: string;
}

/**
 * Draws a text as a QR code (ISO/IEC 18004) of error correction level M.
 * @param quietZone modules of light ground around it; a reader wants 4 where the ground beside it is not light anyway
 */
export function drawQrCode(text: string, quietZone: number): QrDrawing {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone });
  const path = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${String(x)} ${String(y)}h1v1h-1z`] : [])),
  );
  return { size, path: path.join('') };
}
