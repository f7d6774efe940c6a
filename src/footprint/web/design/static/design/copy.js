// A button that copies a text. Without this file the text can be selected, and the button is not there.
for (const button of document.querySelectorAll("[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.focus();
    text.select();
    await navigator.clipboard.writeText(text.value);
    said.textContent = "Copied.";
  });
}
