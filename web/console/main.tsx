import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import "./style.css";
import { App } from "./app.tsx";

/** The operator's dashboard at `/`: what the API says of this deployment, and what an operator may do about it. */
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
