import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import "./style.css";
import { App } from "./app.tsx";

/** The operators' console at `/`: shows what the API reports, and offers the operators' actions. */
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
