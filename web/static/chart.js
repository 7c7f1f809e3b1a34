// Save a chart as PNG: the browser paints the SVG of the server. Without script, CSV and SVG remain.
"use strict";

{
  const SCALE = 2; // sharp on paper and on dense screens
  const drawing = document.querySelector("#chart[data-svg]");

  const save = async (address, name) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  if (drawing) {
    const name = drawing.querySelector("a[download]").download.replace(/svg$/, "png");
    drawing.querySelector(".as-png").addEventListener("click", () => save(drawing.dataset.svg, name));
  }
}
