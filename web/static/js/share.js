// "Bring a friend": the phone's share sheet where there is one, else the address is copied, else the mail program opens.
for (const link of document.querySelectorAll("[data-share]")) {
  link.addEventListener("click", async (event) => {
    const { share: url, text, copied } = link.dataset;
    if (!navigator.share && !navigator.clipboard) return;
    event.preventDefault();
    try {
      if (navigator.share) return await navigator.share({ url, text });
      await navigator.clipboard.writeText(`${text} ${url}`);
      link.nextElementSibling.textContent = copied;
    } catch (refused) {
      if (refused.name !== "AbortError") location.href = link.href;
    }
  });
}
