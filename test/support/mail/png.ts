import { crc32, deflateSync } from "node:zlib";

/** Makes a PNG (W3C PNG, third edition): a square of grey noise, always the same, with about one byte per pixel. */
export function pngOf(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 8; // bits per pixel, greyscale
  const pixels = Buffer.alloc(side * (side + 1)); // each line begins with its filter type: none
  let noise = 1;
  for (let at = 0; at < pixels.length; at += 1) {
    noise = (noise * 48_271) % 2_147_483_647;
    if (at % (side + 1) > 0) pixels[at] = noise & 255;
  }
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(pixels)), chunk("IEND")]);
}

function chunk(type: string, content = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), framed.length - 4);
  return framed;
}
