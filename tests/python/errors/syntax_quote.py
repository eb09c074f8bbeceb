x = “text”
