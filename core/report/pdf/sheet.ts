import PDFDocument from 'pdfkit';
import { loadReportFonts, type ReportFonts } from './fonts.ts';
import { ink, margin, rowGap, type, type Ink, type PaperSize, type TypeStyle } from './paper.ts';
import { printableText } from './printable-text.ts';

export interface SheetOptions {
  readonly paper: PaperSize;
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly keywords: string;
  /** Becomes the creation date, from which the file's id is made too: the same input gives the same bytes. */
  readonly createdAt: Date;
}

export interface TextBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly style: TypeStyle;
  readonly ink?: Ink;
  readonly align?: 'left' | 'right';
}

/** Paper to write on from the top down: knows where the next line goes and when a new page begins. */
export class Sheet {
  readonly #doc: PDFKit.PDFDocument;
  readonly #fonts: ReportFonts = loadReportFonts();
  /** Where the next thing is written. */
  y: number = margin.top;
  /** Room above and below each row's text. */
  readonly rowGap: number;

  constructor(options: SheetOptions) {
    this.rowGap = rowGap[options.paper];
    this.#doc = new PDFDocument({
      size: options.paper.toUpperCase(),
      // Page breaks are made here alone; with a margin of its own pdfkit would add pages in the middle of a row.
      margin: 0,
      pdfVersion: '1.7',
      bufferPages: true,
      lang: 'en',
      displayTitle: true,
      info: {
        Title: options.title,
        Author: options.author,
        Subject: options.subject,
        Keywords: options.keywords,
        Creator: 'Drydock',
        Producer: 'Drydock',
        CreationDate: options.createdAt,
        ModDate: options.createdAt,
      },
    });
    for (const [name, font] of Object.entries(this.#fonts)) this.#doc.registerFont(name, font.file);
  }

  get left(): number {
    return margin.left;
  }

  get width(): number {
    return this.pageWidth - margin.left - margin.right;
  }

  get pageWidth(): number {
    return this.#doc.page.width;
  }

  get pageHeight(): number {
    return this.#doc.page.height;
  }

  get bottom(): number {
    return this.pageHeight - margin.bottom;
  }

  get atTop(): boolean {
    return this.y === margin.top;
  }

  /** Room on a page that is empty. */
  get pageRoom(): number {
    return this.bottom - margin.top;
  }

  /** Room left on this page. */
  get room(): number {
    return this.bottom - this.y;
  }

  /** Begins a new page unless so much room is left on this one. */
  ensureRoom(height: number): void {
    if (this.y + height <= this.bottom || this.atTop) return;
    this.#doc.addPage();
    this.y = margin.top;
  }

  /** Height of the text in whole lines. */
  measure(text: string, width: number, style: TypeStyle): number {
    const { lineHeight } = type[style];
    this.#useFont(style);
    const options = { width, lineGap: this.#lineGap(style) };
    return (
      Math.max(1, Math.round(this.#doc.heightOfString(this.#printable(text, style), options) / lineHeight)) * lineHeight
    );
  }

  widthOf(text: string, style: TypeStyle): number {
    this.#useFont(style);
    return this.#doc.widthOfString(this.#printable(text, style));
  }

  /** The text, or as much of its beginning as fits into one line, with an ellipsis. */
  shorten(text: string, width: number, style: TypeStyle): string {
    const characters = Array.from(text);
    while (characters.length > 0 && this.widthOf(characters.join(''), style) > width) characters.splice(-2, 2, '…');
    return characters.join('');
  }

  /** Writes text into a box and leaves `y` alone; returns the height that it took. */
  write(text: string, box: TextBox): number {
    const height = this.measure(text, box.width, box.style);
    this.#doc.fillColor(ink[box.ink ?? 'text']);
    this.#doc.text(this.#printable(text, box.style), box.x, box.y + this.#lineGap(box.style) / 2, {
      width: box.width,
      lineGap: this.#lineGap(box.style),
      align: box.align ?? 'left',
    });
    return height;
  }

  /** Writes a paragraph over the full width and moves on. */
  paragraph(text: string, style: TypeStyle, color: Ink = 'text', width = this.width): void {
    this.ensureRoom(this.measure(text, width, style));
    this.y += this.write(text, { x: this.left, y: this.y, width, style, ink: color });
  }

  line(x: number, y: number, width: number, color: Ink = 'hairline', thickness = 0.5): void {
    this.#doc
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(thickness)
      .strokeColor(ink[color])
      .stroke();
  }

  fill(x: number, y: number, width: number, height: number, color: Ink): void {
    this.#doc.rect(x, y, width, height).fill(ink[color]);
  }

  /** A small round sign: a tick, a cross or a question bar, so that colour never carries a state alone. */
  sign(kind: 'passed' | 'failed' | 'open', centreX: number, centreY: number, radius: number, color: Ink): void {
    const arm = radius * 0.45;
    this.#doc.circle(centreX, centreY, radius).fill(ink[color]);
    this.#doc
      .lineWidth(radius * 0.3)
      .strokeColor('#ffffff')
      .lineCap('round')
      .lineJoin('round');
    if (kind === 'passed') {
      this.#doc
        .moveTo(centreX - arm, centreY + arm * 0.1)
        .lineTo(centreX - arm * 0.2, centreY + arm * 0.8)
        .lineTo(centreX + arm, centreY - arm * 0.7);
    } else if (kind === 'failed') {
      this.#doc.moveTo(centreX - arm, centreY - arm).lineTo(centreX + arm, centreY + arm);
      this.#doc.moveTo(centreX - arm, centreY + arm).lineTo(centreX + arm, centreY - arm);
    } else {
      this.#doc.moveTo(centreX - arm, centreY).lineTo(centreX + arm, centreY);
    }
    this.#doc.stroke().lineCap('butt').lineJoin('miter');
  }

  /** A word across the page, light enough to read through. */
  stampAcross(word: string, color: Ink): void {
    const size = 110;
    this.#doc.save();
    this.#doc.font('sansSemiBold').fontSize(size);
    const width = this.#doc.widthOfString(word);
    this.#doc
      .rotate(-52, { origin: [this.pageWidth / 2, this.pageHeight / 2] })
      .fillColor(ink[color], 0.13)
      .text(word, (this.pageWidth - width) / 2, (this.pageHeight - size) / 2, { lineBreak: false });
    this.#doc.restore();
    this.#doc.fillOpacity(1);
  }

  /** Calls `decorate` with each page in turn as the current one. */
  forEachPage(decorate: (page: number, pageCount: number) => void): void {
    const { start, count } = this.#doc.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.#doc.switchToPage(start + index);
      decorate(index + 1, count);
    }
  }

  /** Closes the document and gives its bytes. */
  async finish(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    this.#doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    this.#doc.on('end', () => resolve(Buffer.concat(chunks)));
    this.#doc.on('error', reject);
    this.#doc.end();
    return promise;
  }

  #useFont(style: TypeStyle): void {
    this.#doc.font(type[style].font).fontSize(type[style].size);
  }

  #lineGap(style: TypeStyle): number {
    this.#useFont(style);
    return type[style].lineHeight - this.#doc.currentLineHeight();
  }

  #printable(text: string, style: TypeStyle): string {
    return printableText(text, this.#fonts[type[style].font].covers);
  }
}
