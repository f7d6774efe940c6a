// Everything works without this file. With it: the error summary takes the focus, passwords can be shown, and a form that
// was sent once is not sent twice.
import { initAll } from "../built/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
