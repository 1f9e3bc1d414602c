package io.sessionfilter.example.boot;

import java.security.Principal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The cart and what a page needs to change it, as plain text. */
@Controller
class CartController {
    private final Cart cart;

    CartController(Cart cart) {
        this.cart = cart;
    }

    /** Whose cart it is, what is in it, and the message that the last change has left. */
    @GetMapping("/cart")
    @ResponseBody
    String show(Principal user, Model model) {
        return user.getName() + " " + cart.articles() + " " + model.getAttribute("message");
    }

    /** Adds an article, and shows the cart by a redirect: the message lives in the session until then. */
    @PostMapping("/cart")
    String add(@RequestParam String article, RedirectAttributes redirect) {
        cart.add(article);
        redirect.addFlashAttribute("message", "added " + article);
        return "redirect:/cart";
    }

    /** What a form has to send along. */
    @GetMapping("/token")
    @ResponseBody
    String token(CsrfToken token) {
        return token.getToken();
    }
}
