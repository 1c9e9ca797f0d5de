document.documentElement.classList.add("starting");
