import { datamatrix, type DrawingContext } from 'bwip-js/browser';

/** A Data Matrix symbol as the path of an SVG: what is dark lies inside by the even-odd rule. */
export interface Symbol2d {
  /** Width and height in the path's own unit; the quiet zone is not part of it. */
  readonly size: number;
  readonly path: string;
}

/** Draws a text as a square Data Matrix symbol (ISO/IEC 16022, ECC 200). */
export function drawDataMatrix(text: string): Symbol2d {
  return datamatrix({ bcid: 'datamatrix', text, scale: 1 }, pathDrawing());
}

/** Takes polygons and nothing else, which is all that a symbol of squares has. */
function pathDrawing(): DrawingContext<Symbol2d> {
  const parts: string[] = [];
  let size = 0;
  const unexpected = (): never => {
    throw new Error('A Data Matrix symbol is made of polygons alone.');
  };
  return {
    scale: (x, y) => [x, y],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width) => {
      size = width;
    },
    polygon: (points) => {
      parts.push(`M${points.map(([x, y]) => `${x} ${y}`).join('L')}Z`);
    },
    fill: () => undefined,
    line: unexpected,
    hexagon: unexpected,
    ellipse: unexpected,
    text: unexpected,
    end: () => ({ size, path: parts.join('') }),
  };
}
