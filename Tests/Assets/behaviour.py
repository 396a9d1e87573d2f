def check(browser, server):
    return []
