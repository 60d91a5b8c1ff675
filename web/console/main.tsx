import { render } from "preact";
import "./styles/index.css";
import "./app/frame/frame.css";
import "./app/frame/phone.css";
import { App } from "./app/app.tsx";

/** The operators' console at `/`: shows what the API reports, and offers the operators' actions. */
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
